"""Rebuilds a PDF as a new one: each page's drawing, set on an A4 page of ours.

Promise: the new document has pages and what they draw, and no other object: no catalogue entry,
action, script, form, attachment, link, layer, thumbnail or metadata comes over.
"""

import io
from collections.abc import Iterator
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from portal.documents.appearances import draw_missing
from portal.documents.layers import check_layers
from portal.documents.limits import MAX_ANNOTATIONS, MAX_DEPTH, MAX_OBJECTS, MAX_PAGES
from portal.documents.reading import opened
from portal.documents.refusals import Reason, Refused
from portal.documents.transplant import Transplant

MILLIMETRE = 72 / 25.4
SHORT_EDGE, LONG_EDGE = 210 * MILLIMETRE, 297 * MILLIMETRE
INHERITED = (Name.Resources, Name.MediaBox, Name.CropBox, Name.Rotate)
FOOT = 10 * MILLIMETRE  # kept free for the strip each download carries

Matrix = tuple[float, float, float, float, float, float]


def _leaves(source: Pdf) -> Iterator[Object]:
    """Every page of the tree, walked without recursion, with what it inherits from the nodes above it."""
    waiting: list[tuple[Object, int, dict[Name, Object]]] = [(source.Root.Pages, 0, {})]
    seen = set()
    while waiting:
        node, depth, above = waiting.pop()
        if depth > MAX_DEPTH:
            raise Refused(Reason.BOMB, "the page tree is too deep")
        if node.is_indirect:
            if node.objgen in seen:
                raise Refused(Reason.BOMB, "the page tree is a loop")
            seen.add(node.objgen)
        children = node.get(Name.Kids)
        if children is None:
            for key, value in above.items():
                node[key] = node.get(key, value)
            yield node
        else:
            own = {key: node[key] for key in INHERITED if key in node}
            waiting += [(child, depth + 1, above | own) for child in list(children)]
        if len(waiting) > MAX_OBJECTS:
            raise Refused(Reason.BOMB, "the page tree is too large")


def _check_shape(source: Pdf) -> None:
    if len(source.objects) > MAX_OBJECTS:
        raise Refused(Reason.BOMB, "too many objects")
    count = 0
    for _ in _leaves(source):
        count += 1
        if count > MAX_PAGES:
            raise Refused(Reason.TOO_MANY_PAGES)
    if count == 0:
        raise Refused(Reason.EMPTY, "a PDF without pages")


def _check_form(source: Pdf) -> None:
    """A dynamic XFA form has its fields in an own language; its pages only say that a reader should wait."""
    form = source.Root.get(Name.AcroForm)
    if not isinstance(form, Dictionary) or Name.XFA not in form:
        return
    fields = form.get(Name.Fields)
    if bool(source.Root.get(Name.NeedsRendering)) or not isinstance(fields, Array) or len(fields) == 0:
        raise Refused(Reason.SELF_DRAWN_FORM)


def _keep_what_shows(source: Pdf) -> None:
    """Draws filled-in form fields and notes into the page, which would otherwise be lost."""
    counts = [len(page.obj[Name.Annots]) for page in source.pages if Name.Annots in page]
    if sum(counts) > MAX_ANNOTATIONS:
        raise Refused(Reason.BOMB, "too many notes and form fields")
    if counts:
        draw_missing(source)
        source.flatten_annotations("screen")


def _box(page: Page) -> tuple[float, float, float, float]:
    def sides(values: Array) -> tuple[float, float, float, float]:
        a, b, c, d = (float(value) for value in list(values)[:4])
        return min(a, c), min(b, d), max(a, c), max(b, d)

    media, crop = sides(page.mediabox), sides(page.cropbox)
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right - left < 1 or top - bottom < 1:
        left, bottom, right, top = media
    if not (1 <= right - left <= 20_000 and 1 <= top - bottom <= 20_000):
        raise Refused(Reason.UNREADABLE, "a page without a usable size")
    return left, bottom, right, top


def _unit(page: Page) -> float:
    """How many points the page's own unit is."""
    given: object = page.get(Name.UserUnit)
    return max(float(given), 1.0) if isinstance(given, (int, float, Decimal)) else 1.0


def _placement(box: tuple[float, float, float, float], turn: int, unit: float) -> tuple[Matrix, float, float]:
    """The matrix that sets the box upright above the foot of an A4 page, no larger than it is, and the
    page's size."""
    left, bottom, right, top = box
    across, up = right - left, top - bottom
    turned: Matrix = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }[turn]
    if turn in (90, 270):
        across, up = up, across
    wide, high = (LONG_EDGE, SHORT_EDGE) if across > up else (SHORT_EDGE, LONG_EDGE)
    scale = min(wide / across, (high - FOOT) / up, unit)
    x = (wide - across * scale) / 2
    y = FOOT + (high - FOOT - up * scale) / 2
    a, b, c, d, e, f = (value * scale for value in turned)
    return (a, b, c, d, e + x, f + y), wide, high


def _set_page(made: Pdf, drawing: Object, page: Page) -> None:
    box = _box(page)
    matrix, wide, high = _placement(box, int(page.rotation) % 360 // 90 * 90, _unit(page))
    drawing[Name.BBox] = Array([round(side, 3) for side in box])
    numbers = " ".join(f"{value:.5f}" for value in matrix)
    sheet = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(wide, 2), round(high, 2)]),
        Resources=Dictionary(XObject=Dictionary(Drawing=drawing)),
        Contents=made.make_stream(f"q {numbers} cm /Drawing Do Q".encode()),
    )
    made.pages.append(Page(made.make_indirect(sheet)))


def clean_pages(data: bytes) -> tuple[bytes, int]:
    """The clean PDF and its number of pages. Raises `Refused`, or a library's error when the
    file is broken in a way of its own."""
    with opened(data) as source, Pdf.new() as made:
        _check_shape(source)
        check_layers(source)
        _check_form(source)
        _keep_what_shows(source)
        transplant = Transplant(made)
        for page in source.pages:
            _set_page(made, transplant.page_drawing(page), page)
        written = io.BytesIO()
        made.save(written, deterministic_id=True, compress_streams=True)
        return written.getvalue(), len(made.pages)
