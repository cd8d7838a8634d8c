"""Makes a stranger's text safe to set in type.

Promise: no control character, direction override or pile of combining marks reaches the layout,
and joiners that Burmese, Hindi and Arabic need stay. Markup is left to Jinja's escaping.
"""

import unicodedata

from portal.language.direction import isolated

SHORT_TEXT = 200  # names, titles, one-line cells
LONG_TEXT = 12_000  # summaries, motivation, wishes
MANY = 80  # entries of one list
MARKS_IN_A_ROW = 6  # more than any living script stacks on one letter

_KEPT_CONTROLS = {"\n"}
_JOINERS = {"\u200c", "\u200d"}
_NEWLINES = str.maketrans({"\r": "\n", "\t": " ", "\u2028": "\n", "\u2029": "\n", "\u0085": "\n"})


def _printable(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        if character in _KEPT_CONTROLS or character in _JOINERS:
            marks = 0
        elif category in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        elif category in ("Mn", "Me"):
            marks += 1
            if marks > MARKS_IN_A_ROW:
                continue
        else:
            marks = 0
        kept.append(character)
    return "".join(kept)


def settable(text: object, limit: int) -> str:
    """The text without what could break a page, at most `limit` characters (then with "…").

    Anything that is not a string gives "": the shapes are checked at intake, and a page must
    hold even when they were not."""
    if not isinstance(text, str):
        return ""
    clean = _printable(unicodedata.normalize("NFC", text[: limit * 2]).translate(_NEWLINES)).strip()
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def short(text: object) -> str:
    """One line: newlines become spaces."""
    return isolated(" ".join(settable(text, SHORT_TEXT).split()))


def long(text: object) -> str:
    """A paragraph or several; at most two newlines in a row."""
    lines = [line.rstrip() for line in settable(text, LONG_TEXT).split("\n")]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept)
