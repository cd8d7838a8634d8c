"""What somebody filled in at a form field, or typed over a page, as the PDF keeps it.

Promise: a value is read from where a PDF may put it, also from above the field; nothing is guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Stream, String

from portal.documents.limits import MAX_DEPTH, MAX_FIELD_BYTES
from portal.documents.names import bare, entry

SEVERAL_LINES, PASSWORD, PUSHED, COMB = 1 << 12, 1 << 13, 1 << 16, 1 << 24
_SIZE = re.compile(r"([\d.]+)\s+Tf")
_COLOUR = re.compile(r"((?:[\d.]+\s+){1,4})(g|rg|k)\b")
_NAME_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Text:
    """How it is set: `size` 0 fits the field, `cells` is into how many boxes it is spread."""

    text: str
    size: float
    colour: str
    align: str
    several: bool
    cells: int = 0


def inherited(field: Object, word: str) -> Object | None:
    """What the field has, or the nearest above it."""
    for node in _upwards(field):
        value = entry(node, word)
        if value is not None:
            return value
    return None


def _upwards(field: Object) -> Iterator[Object]:
    node: Object | None = field
    for _ in range(MAX_DEPTH):
        if not isinstance(node, Dictionary):
            return
        yield node
        node = entry(node, "Parent")


def called(field: Object) -> str:
    """What the form calls the field, for a message: printable, and short."""
    parts = [str(part) for node in _upwards(field) if isinstance(part := entry(node, "T"), String)]
    name = "".join(letter for letter in ".".join(reversed(parts)) if letter.isprintable())
    kind = field.get(Name.Subtype)
    return name[:_NAME_SHOWN] or (bare(kind) if isinstance(kind, Name) else "?")


def number(value: object) -> int:
    """A number of flags; 0 for anything else."""
    return int(value) if isinstance(value, int) else 0


def text_in_field(field: Object, form: Object | None) -> Text | None:
    """The text that stands in a field; None where it is empty, or no field of text or choice."""
    kind, flags = inherited(field, "FT"), number(inherited(field, "Ff"))
    if kind not in (Name.Tx, Name.Ch):
        return None
    value = inherited(field, "V")
    text = _chosen(value, inherited(field, "Opt")) if kind == Name.Ch else _text(value)
    if not text:
        return None
    several = kind == Name.Tx and bool(flags & SEVERAL_LINES)
    cells = number(inherited(field, "MaxLen")) if kind == Name.Tx and flags & COMB and not several else 0
    shown = "•" * len(text) if kind == Name.Tx and flags & PASSWORD else text
    appearance, align = inherited(field, "DA") or entry(form, "DA"), inherited(field, "Q") or entry(form, "Q")
    return _set(shown, appearance, align, several or "\n" in shown, cells)


def text_of_note(note: Object) -> Text | None:
    """The text that was typed over a page."""
    text = _text(entry(note, "Contents"))
    return _set(text, entry(note, "DA"), entry(note, "Q"), several=True) if text else None


def _set(text: str, appearance: object, align: object, several: bool, cells: int = 0) -> Text:
    given = str(appearance) if isinstance(appearance, String) else ""
    size = _SIZE.search(given)
    sides = ("left", "center", "right")
    side = sides[number(align)] if 0 <= number(align) < len(sides) else sides[0]
    return Text(text, _real(size[1]) if size else 0.0, _colour(given), side, several, cells)


def _real(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0


def _colour(given: str) -> str:
    found = _COLOUR.findall(given)
    if not found:
        return "rgb(0, 0, 0)"
    values, operator = [min(max(_real(value), 0), 1) for value in found[-1][0].split()], found[-1][1]
    if operator == "k" and len(values) == 4:
        values = [(1 - value) * (1 - values[3]) for value in values[:3]]
    red, green, blue = (values * 3)[:3] if operator == "g" else [*values, 0, 0, 0][:3]
    return f"rgb({red * 255:.0f}, {green * 255:.0f}, {blue * 255:.0f})"


def _text(value: object) -> str:
    if isinstance(value, Stream):
        value = String(value.read_bytes()[: MAX_FIELD_BYTES + 1])
    return "\n".join(str(value).splitlines()).rstrip() if isinstance(value, String) else ""


def _chosen(value: object, options: object) -> str:
    """What is chosen, as the list shows it: an option may be a pair of what is kept and what is shown."""
    shown = {}
    for option in list(options) if isinstance(options, Array) else []:
        if isinstance(option, Array) and len(option) == 2:
            shown[_text(option[0])] = _text(option[1])
    values = list(value) if isinstance(value, Array) else [value]
    return "\n".join(filter(None, (shown.get(_text(one), _text(one)) for one in values)))
