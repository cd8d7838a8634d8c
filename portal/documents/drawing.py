"""How much a page draws, when forms draw forms that draw forms.

Promise: a page that looks small and unfolds into millions of drawings, or into itself, is refused,
and so is a picture too large that hides inside the instructions.
"""

import re
from collections import Counter

from pikepdf import Dictionary, Name, Object, Stream

from portal.documents.limits import MAX_DEPTH, MAX_DRAWS
from portal.documents.pictures import check_pixels
from portal.documents.refusals import Reason, Refused

_DRAW = re.compile(rb"/([^\s()<>\[\]{}/%]+)(?:\s|%[^\r\n]*[\r\n])+Do\b")
_INLINE = re.compile(rb"\bBI\s(.{0,1000}?)\sID\s", re.DOTALL)
_WIDTH = re.compile(rb"/(?:W|Width)\s+(\d{1,9})\b")
_HEIGHT = re.compile(rb"/(?:H|Height)\s+(\d{1,9})\b")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def _check_inline_pictures(instructions: bytes) -> None:
    for found in _INLINE.finditer(instructions):
        wide, high = _WIDTH.search(found[1]), _HEIGHT.search(found[1])
        if wide and high:
            check_pixels(int(wide[1]), int(high[1]))


def _name(raw: bytes) -> Name | None:
    text = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), raw).decode("utf-8", "replace")
    return Name("/" + text) if text else None


class Drawings:
    """Counts drawings; a form used on several pages is counted through once."""

    def __init__(self) -> None:
        self._counted: dict[tuple[int, int], int] = {}
        self._open: set[tuple[int, int]] = set()

    def check(self, form: Object) -> None:
        """Raises `Refused` when drawing this form draws more than MAX_DRAWS things."""
        if self._count(form, 0) > MAX_DRAWS:
            raise Refused(Reason.BOMB, "a page that draws too many things")

    def _count(self, form: Object, depth: int) -> int:
        key = form.objgen
        if key in self._counted:
            return self._counted[key]
        if key in self._open or depth > MAX_DEPTH:
            raise Refused(Reason.BOMB, "a page that draws itself")
        self._open.add(key)
        total = self._within(form, depth)
        self._open.discard(key)
        self._counted[key] = total
        return total

    def _within(self, form: Object, depth: int) -> int:
        instructions = form.read_bytes()
        _check_inline_pictures(instructions)
        resources = form.get(Name.Resources, Dictionary())
        drawable = resources.get(Name.XObject, Dictionary())
        total = 1
        for raw, times in Counter(_DRAW.findall(instructions)).items():
            name = _name(raw)
            child = drawable.get(name) if name is not None else None
            inner = isinstance(child, Stream) and child.get(Name.Subtype) == Name.Form
            total += times * (self._count(child, depth + 1) if inner and child is not None else 1)
        return total
