"""How much a page draws, when forms, patterns, glyphs and masks draw others that draw others.

Promise: a page that looks small and unfolds into millions of drawings, or into itself, is refused.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Stream

from portal.documents.instructions import name_in, pieces
from portal.documents.limits import MAX_DEPTH, MAX_DRAWS
from portal.documents.names import entries, entry
from portal.documents.refusals import Reason, Refused

FORM = 100  # what drawing a form or a picture costs, where a line costs 1
_PAINT = {b"f", b"f*", b"F", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}
_SHOW = {b"Tj", b"TJ", b"'", b'"'}
_FILL, _STROKE = {b"g", b"rg", b"k", b"cs", b"sc", b"scn"}, {b"G", b"RG", b"K", b"CS", b"SC", b"SCN"}
_WORDS = sorted(_PAINT | _SHOW | _FILL | _STROKE | {b"q", b"Q", b"gs", b"Tf", b"Do"}, reverse=True)
_OPERATOR = re.compile(rb"(?<![^\t\n\f\r ])(?:%s)(?![^\t\n\f\r ])" % b"|".join(map(re.escape, _WORDS)))


class Cost(NamedTuple):
    """What drawing something costs, and how often it paints by itself, with the colour it is given."""

    drawing: int
    paints: int


_NOTHING = Cost(0, 0)


class _Ink(NamedTuple):
    """What each painting draws besides, as the instructions have set it."""

    fill: Cost = _NOTHING
    stroke: Cost = _NOTHING
    mask: Cost = _NOTHING
    glyph: Cost = _NOTHING

    def times(self, paints: int) -> int:
        """The cost of patterns and masks, when something paints so often."""
        return paints * (self.fill.drawing + self.stroke.drawing + self.mask.drawing)


class _Tally:
    """Follows the instructions of one stream, whose resources cost as `known` says."""

    def __init__(self, known: dict[tuple[str, str], Cost]) -> None:
        self._known = known
        self._ink, self._kept = _Ink(), list[_Ink]()
        self._shown = 0
        self.drawing = self.paints = 0
        self.asked: set[tuple[str, str]] = set()

    def follow(self, instructions: bytes) -> Cost:
        name = ""
        for kind, raw in pieces(instructions):
            if kind == "name":
                name = name_in(raw)
            elif kind == "string":
                self._shown += len(raw)
            elif kind == "picture":
                self._paint(1, 1)
            elif kind == "words":
                for found in _OPERATOR.finditer(raw):
                    self._operate(found[0], name)
                    name = ""
        return Cost(self.drawing, self.paints)

    def _paint(self, paints: int, cost: int) -> None:
        self.paints += paints
        self.drawing += cost + self._ink.times(paints)

    def _operate(self, operator: bytes, name: str) -> None:
        if operator in _PAINT:
            self._paint(1, 1)
        elif operator in _SHOW:
            glyph, shown = self._ink.glyph, max(self._shown, 1)
            self._paint(shown * max(glyph.paints, 1), 1 + shown * glyph.drawing)
            self._shown = 0
        elif operator == b"Do":
            form = self._cost("XObject", name)
            self._paint(max(form.paints, 1), FORM + form.drawing)
        elif operator == b"q":
            self._kept.append(self._ink)
        elif operator == b"Q":
            self._ink = self._kept.pop() if self._kept else self._ink
        else:
            self._ink = self._ink._replace(**self._dipped(operator, name))

    def _dipped(self, operator: bytes, name: str) -> dict[str, Cost]:
        if operator in _FILL | _STROKE:
            side = "fill" if operator in _FILL else "stroke"
            return {side: self._cost("Pattern", name) if operator.lower() == b"scn" else _NOTHING}
        if operator == b"Tf":
            return {"glyph": self._cost("Font", name)}
        self._cost("ExtGState", name)
        both = {"mask": ("ExtGState", name), "glyph": ("ExtGState Font", name)}
        return {what: self._known[key] for what, key in both.items() if key in self._known}

    def _cost(self, category: str, name: str) -> Cost:
        self.asked.add((category, name))
        return self._known.get((category, name), _NOTHING)


class Drawings:
    """Counts what our own copies draw; a form used on several pages is counted through once."""

    def __init__(self) -> None:
        self._counted: dict[tuple[int, int], Cost] = {}
        self._open: set[tuple[int, int]] = set()
        self._there: set[tuple[str, str]] = set()
        self._missed: set[tuple[str, str]] = set()

    def check(self, form: Object) -> None:
        """Raises `Refused` when drawing this form costs more than MAX_DRAWS forms do."""
        if self._count(form, form.get(Name.Resources), 0).drawing > MAX_DRAWS * FORM:
            raise Refused(Reason.BOMB, "a page that draws too many things")
        # Some readers look further out for what a form's own resources lack, and would find this one.
        if self._missed & self._there:
            raise Refused(Reason.BOMB, "a form that draws what is not its own")

    def _count(self, stream: Object, resources: Object | None, depth: int) -> Cost:
        key = stream.objgen
        if key in self._counted:
            return self._counted[key]
        if key in self._open or depth > MAX_DEPTH:
            raise Refused(Reason.BOMB, "a page that draws itself")
        self._open.add(key)
        known = dict(self._within(resources, depth + 1))
        tally = _Tally(known)
        cost = self._counted[key] = tally.follow(stream.read_bytes())
        self._there |= {each for each, inner in known.items() if inner.drawing}
        self._missed |= {
            each for each in tally.asked - known.keys() if entry(entry(resources, each[0]), each[1]) is None
        }
        self._open.discard(key)
        return cost

    def _within(self, resources: Object | None, depth: int) -> Iterator[tuple[tuple[str, str], Cost]]:
        for category in ("XObject", "Pattern"):
            for name, drawn in _listed(resources, category):
                if isinstance(drawn, Stream) and drawn.get(Name.Subtype) != Name.Image:
                    cost = self._count(drawn, drawn.get(Name.Resources), depth)
                    yield (category, name), cost._replace(drawing=cost.drawing + FORM)
        for name, font in _listed(resources, "Font"):
            yield ("Font", name), self._glyph(font, depth)
        for name, state in _listed(resources, "ExtGState"):
            mask, sized = entry(state, "SMask"), entry(state, "Font")
            if mask is not None:
                yield ("ExtGState", name), self._mask(mask, depth)
            if isinstance(sized, Array) and len(sized):
                yield ("ExtGState Font", name), self._glyph(sized[0], depth)

    def _mask(self, mask: Object, depth: int) -> Cost:
        group = entry(mask, "G")
        if not isinstance(group, Stream):
            return _NOTHING
        cost = self._count(group, group.get(Name.Resources), depth)
        return cost._replace(drawing=cost.drawing + FORM)

    def _glyph(self, font: Object, depth: int) -> Cost:
        """What the most costly glyph of a font costs that draws its glyphs by instructions."""
        resources = entry(font, "Resources")
        costs = [
            self._count(glyph, resources, depth) for _, glyph in _listed(font, "CharProcs") if isinstance(glyph, Stream)
        ]
        return Cost(max((c.drawing for c in costs), default=0), max((c.paints for c in costs), default=0))


def _listed(given: Object | None, word: str) -> list[tuple[str, Any]]:
    found = entry(given, word) if given is not None else None
    return list(entries(found)) if isinstance(found, Dictionary) else []
