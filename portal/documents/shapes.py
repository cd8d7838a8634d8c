"""Draws the plain shapes that somebody set over a page, where the PDF itself has no drawing of them.

Promise: what is drawn is what every reader draws of it. A shape that each draws in its own way (with arrows, clouds,
waves, a stamp) is not drawn.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Pdf

from portal.documents.limits import MAX_SHAPE_POINTS
from portal.documents.names import entry

_FURTHEST = 20_000  # points from the corner of a page
_BOW = 0.5523  # how far the handles of a quarter of a circle reach
_THIN = 1 / 16  # of the height of the marked text, the line under or through it

_Point = tuple[float, float]
_Mark = tuple[_Point, _Point, _Point, _Point]  # of some text: bottom left, bottom right, top left, top right


class NotPlain(Exception):
    """Readers draw it each in its own way, or it is broken."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """`path` are its instructions, without colours and painting. `paint` is the operator; `wide` the line's width."""

    points: list[_Point]
    path: list[str]
    paint: str
    wide: float
    multiplied: bool = False


def drawn_shape(source: Pdf, note: Object) -> Object:
    """The drawing of the shape, whose place (`Rect`) becomes as large as it is. Raises NotPlain."""
    shape = SHAPES[str(note.Subtype)[1:]](note)
    opacity = _opacity(note)
    state = Dictionary(CA=opacity, ca=opacity, BM=Name.Multiply if shape.multiplied else Name.Normal)
    lines = ["/S gs 1 J 1 j", f"{shape.wide:.3f} w", *_dashes(note), *_colours(note, shape), *shape.path, shape.paint]
    form = source.make_stream(" ".join(lines).encode())
    sides = [turn(point[axis] for point in shape.points) for turn in (min, max) for axis in (0, 1)]
    box = Array([round(side + (-shape.wide if at < 2 else shape.wide), 3) for at, side in enumerate(sides)])
    form.update(
        Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=Dictionary(ExtGState=Dictionary(S=state)))
    )
    note[Name.Rect] = box
    return form


def _number(given: object) -> float:
    value = float(given) if isinstance(given, int | float | Decimal) else math.inf
    if abs(value) > _FURTHEST:
        raise NotPlain
    return value


def _items(given: object) -> list[object]:
    values: list[object] = list(given) if isinstance(given, Array) else []
    if len(values) > 2 * MAX_SHAPE_POINTS:
        raise NotPlain
    return values


def _points(given: object) -> list[_Point]:
    values = [_number(one) for one in _items(given)]
    if len(values) % 2 or len(values) < 4:
        raise NotPlain
    return list(zip(values[::2], values[1::2], strict=True))


def _border(note: Object, word: str, place: int) -> object:
    """What the note says of its border, in the one way or the other."""
    style, border = entry(note, "BS"), _items(entry(note, "Border"))
    return entry(style, word) if style is not None else border[place] if len(border) > place else None


def _width(note: Object) -> float:
    wide = _border(note, "W", 2)
    if entry(entry(note, "BS"), "S") not in (None, Name.S, Name.D) or entry(note, "BE") is not None:
        raise NotPlain
    return 1.0 if wide is None else max(_number(wide), 0.0)


def _dashes(note: Object) -> list[str]:
    dashes = [max(_number(one), 0.0) for one in _items(_border(note, "D", 3))[:10]]
    solid = entry(note, "BS") is not None and entry(entry(note, "BS"), "S") != Name.D
    return [] if solid or not sum(dashes) else [f"[{' '.join(f'{one:.2f}' for one in dashes)}] 0 d"]


def _opacity(note: Object) -> float:
    given = entry(note, "CA")
    return 1.0 if given is None else min(max(_number(given), 0.0), 1.0)


def _colours(note: Object, shape: _Shape) -> list[str]:
    marked = shape.paint == "f"
    ink, inside = entry(note, "C"), entry(note, "C" if marked else "IC")
    if marked and ink is None:
        raise NotPlain  # of what colour such a marker is, each reader has its own mind
    drawn = [_colour(inside, "g rg k")] if inside is not None else []
    return drawn if marked else ["0 G" if ink is None else _colour(ink, "G RG K"), *drawn]


def _colour(given: object, operators: str) -> str:
    values = [min(max(_number(one), 0.0), 1.0) for one in _items(given)]
    if len(values) not in (1, 3, 4):
        raise NotPlain
    return f"{' '.join(f'{one:.3f}' for one in values)} {operators.split()[(1, 3, 4).index(len(values))]}"


def _painted(note: Object, wide: float) -> str:
    return {(True, True): "B", (True, False): "S", (False, True): "f*", (False, False): "n"}[
        wide > 0, entry(note, "IC") is not None
    ]


def _framed(note: Object) -> tuple[list[float], float]:
    (left, bottom), (right, top) = _points(note.get(Name.Rect))[:2]
    wide, inset = _width(note), entry(note, "RD")
    least = [_number(one) for one in _items(inset)] if inset is not None else [0.0] * 4
    half = wide / 2
    sides = [min(left, right) + least[0] + half, min(bottom, top) + least[1] + half]
    sides += [max(left, right) - least[2] - half, max(bottom, top) - least[3] - half]
    if len(least) != 4 or sides[2] <= sides[0] or sides[3] <= sides[1]:
        raise NotPlain
    return sides, wide


def _square(note: Object) -> _Shape:
    (left, bottom, right, top), wide = _framed(note)
    path = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re"
    return _Shape([(left, bottom), (right, top)], [path], _painted(note, wide), wide)


def _circle(note: Object) -> _Shape:
    (left, bottom, right, top), wide = _framed(note)
    x, y, across, up = (left + right) / 2, (bottom + top) / 2, (right - left) / 2, (top - bottom) / 2
    path = [f"{right:.3f} {y:.3f} m"]
    for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1)):  # each quarter, from (a, b) to (-b, a)
        curve = [(a - b * _BOW, b + a * _BOW), (-b + a * _BOW, a + b * _BOW), (-b, a)]
        path.append(" ".join(f"{x + p * across:.3f} {y + q * up:.3f}" for p, q in curve) + " c")
    return _Shape([(left, bottom), (right, top)], [*path, "h"], _painted(note, wide), wide)


def _through(points: Iterable[_Point]) -> list[str]:
    return [f"{x:.3f} {y:.3f} {'l' if at else 'm'}" for at, (x, y) in enumerate(points)]


def _no_ends(note: Object) -> None:
    ends = entry(note, "LE")
    if any(one != Name("/None") for one in (_items(ends) if isinstance(ends, Array) else [ends])) and ends is not None:
        raise NotPlain


def _line(note: Object) -> _Shape:
    _no_ends(note)
    points = _points(note.get(Name.L))
    if len(points) != 2 or entry(note, "LL") not in (None, 0) or bool(entry(note, "Cap")):
        raise NotPlain
    return _Shape(points, _through(points), "S", _width(note))


def _corners(note: Object) -> _Shape:
    """A line with corners, closed or open."""
    _no_ends(note)
    points, closed = _points(note.get(Name.Vertices)), note.Subtype == Name.Polygon
    wide = _width(note)
    return _Shape(points, [*_through(points), *["h"] * closed], _painted(note, wide) if closed else "S", wide)


def _ink(note: Object) -> _Shape:
    strokes = [_points(one) for one in _items(entry(note, "InkList"))]
    points = [point for one in strokes for point in one]
    if not 0 < len(points) <= MAX_SHAPE_POINTS:
        raise NotPlain
    return _Shape(points, [step for one in strokes for step in _through(one)], "S", _width(note))


def _marks(note: Object) -> list[_Mark]:
    """Each piece of text that is marked. Acrobat writes its corners line by line, the standard has them go round."""
    points = _points(note.get(Name.QuadPoints))
    if len(points) % 4:
        raise NotPlain
    made: list[_Mark] = []
    for at in range(0, len(points), 4):
        a, b, c, d = points[at : at + 4]
        by_line = (b[0] - a[0]) * (d[0] - c[0]) + (b[1] - a[1]) * (d[1] - c[1]) > 0
        made.append((c, d, a, b) if by_line else (a, b, d, c))
    return made


def _highlight(note: Object) -> _Shape:
    path: list[str] = []
    marks = _marks(note)
    for left, right, top_left, top_right in marks:
        path += [*_through((left, right, top_right, top_left)), "h"]
    return _Shape([point for mark in marks for point in mark], path, "f", 0.0, multiplied=True)


def _lined(share: float) -> Callable[[Object], _Shape]:
    """A line along each piece of text, at this share of its height."""

    def made(note: Object) -> _Shape:
        marks = _marks(note)
        ends = [
            [(low[0] + (high[0] - low[0]) * share, low[1] + (high[1] - low[1]) * share) for low, high in sides]
            for sides in (((mark[0], mark[2]), (mark[1], mark[3])) for mark in marks)
        ]
        wide = min(math.dist(mark[0], mark[2]) for mark in marks) * _THIN
        return _Shape(
            [point for mark in marks for point in mark], [s for two in ends for s in _through(two)], "S", wide
        )

    return made


def _in_many_ways(_note: Object) -> _Shape:
    raise NotPlain


SHAPES: dict[str, Callable[[Object], _Shape]] = {
    "Square": _square, "Circle": _circle, "Line": _line, "Polygon": _corners, "PolyLine": _corners, "Ink": _ink,
    "Highlight": _highlight, "Underline": _lined(_THIN), "StrikeOut": _lined(0.4),
    "Squiggly": _in_many_ways, "Stamp": _in_many_ways, "Caret": _in_many_ways,
}  # fmt: skip
