"""Text that people write: a line of it, or several.

Every script passes whole, joiners and variation selectors included. What no page could show does not: control
characters, halves of a character, and the marks that make what follows them read in another order than it stands.
"""

import re
import unicodedata

from portal.language.i18n import N_
from portal.values.wrong import REQUIRED, TOO_LONG, Wrong

LONGEST_LINE = 300
LONGEST_REASON = 500  # why somebody ended something, on a page, in a command or in an import
LONGEST_TEXT = 20_000
_LINE_END = re.compile("\r\n|[\n\v\f\r\x85\u2028\u2029]")
_BLANK_LINE_END = re.compile(rf"[^\S\n]*(?:{_LINE_END.pattern})\s*")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_SHOWN = frozenset({"Cc", "Cs"})
# Letters and a symbol that Unicode draws as nothing.
_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def line(written: str, *, most: int = LONGEST_LINE, required: bool = True) -> str:
    """One line, trimmed, of up to `most` characters; where it was broken there is a blank."""
    return _judged(_BLANK_LINE_END.sub(" ", written.strip()).replace("\t", " "), most, required)


def lines(written: str, *, most: int = LONGEST_TEXT, required: bool = True) -> str:
    """Several lines, trimmed, of up to `most` characters. Each ends in \\n, whatever it ended in before."""
    return _judged(_LINE_END.sub("\n", written).strip(), most, required)


def symbols(written: str) -> str:
    """A number, code or address without what is not seen and in the width it is meant in: `０９０` is 090."""
    wide = unicodedata.normalize("NFKC", written)
    return "".join(one for one in wide if unicodedata.category(one) != "Cf").strip()


def _judged(text: str, most: int, required: bool) -> str:
    text = text.replace("\ufeff", "").strip()
    if _TURNING.search(text):
        raise Wrong(
            N_("Please leave out the marks that turn the direction of text (U+202A to U+202E, U+2066 to U+2069).")
        )
    if any(unicodedata.category(one) in _NOT_SHOWN and one not in "\n\t" for one in text):
        raise Wrong(N_("Please leave out control characters."))
    if not any(_is_seen(one) for one in text):
        if required:
            raise Wrong(REQUIRED)
        return ""
    if len(text) > most:
        raise Wrong(TOO_LONG, most=f"{most:,}")
    return text


def _is_seen(one: str) -> bool:
    return unicodedata.category(one)[0] not in "CMZ" and one not in _EMPTY
