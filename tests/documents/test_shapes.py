"""Shapes without a drawing of their own are drawn as another reader draws them, or the file is refused."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from portal.documents.cleaning import clean_document
from portal.documents.limits import MAX_SHAPE_POINTS
from portal.documents.refusals import Reason, Refused
from tests.documents import hostile
from tests.documents.readers import pixels_of, shows, text_of

RED = Array([1, 0, 0])
WHERE = Array([60, 300, 360, 560])
THICK = Dictionary(W=20)
# Where readers take a mark's corners from, line by line, as Acrobat writes them.
QUAD = Array([60, 560, 360, 560, 60, 300, 360, 300])
PLAIN: dict[str, dict[str, Any]] = {
    "Square": {"BS": THICK},
    "Square inside": {"Subtype": Name.Square, "IC": RED},
    "Circle": {"IC": RED, "BS": THICK},
    "Line": {"L": Array([70, 310, 350, 550]), "BS": THICK},
    "Ink": {"InkList": Array([Array([70, 310, 200, 550, 350, 310]), Array([70, 550, 350, 550])]), "BS": THICK},
    "PolyLine": {"Vertices": Array([70, 310, 200, 550, 350, 310]), "BS": THICK},
    "Polygon": {"Vertices": Array([70, 310, 200, 550, 350, 310]), "BS": THICK, "IC": RED},
    "Highlight": {"QuadPoints": QUAD},
    "Underline": {"QuadPoints": QUAD},
    "StrikeOut": {"QuadPoints": QUAD},
}


def with_shape(kind: str, given: dict[str, Any]) -> bytes:
    """A page on which somebody set this shape in red."""

    def change(pdf: Pdf, page: Dictionary) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), F=4, C=RED, Rect=WHERE)
        for key, value in given.items():
            note[f"/{key}"] = value
        page.Annots = Array([pdf.make_indirect(note)])

    return hostile.pdf_with(change)


def box_of_red(pdf: bytes) -> tuple[int, int, int, int]:
    """Where something red stands on the first page, in pixels."""
    red, green, blue = pixels_of(pdf).split()
    found = red.point(lambda v: 255 if v > 150 else 0)
    for other in (green, blue):
        dark = other.point(lambda v: 255 if v < 120 else 0)
        found.paste(0, mask=dark.point(lambda v: 255 - v))
    box = found.getbbox()
    assert box is not None, "nothing red"
    return box


def refused(kind: str, given: dict[str, Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        clean_document(with_shape(kind, given), "a.pdf")
    return caught.value


@pytest.mark.parametrize("kind", [kind for kind in PLAIN if kind != "Underline"])  # poppler's is too thin to be seen
def test_it_stands_where_poppler_draws_it(kind: str) -> None:
    """A clean page is a little smaller, for its foot, and poppler's markers bulge: of a picture of 165 x 233 pixels."""
    before = with_shape(kind.split()[0], PLAIN[kind])
    after = clean_document(before, "a.pdf").pdf
    assert hostile.MARK in text_of(after)
    assert max(abs(a - b) for a, b in zip(box_of_red(before), box_of_red(after), strict=True)) <= 18


def test_a_mark_does_not_hide_what_it_marks() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        page.Contents = pdf.make_stream(b"0 g 100 350 200 150 re f")
        mark = Dictionary(Type=Name.Annot, Subtype=Name.Highlight, F=4, C=RED, Rect=WHERE, QuadPoints=QUAD)
        page.Annots = Array([pdf.make_indirect(mark)])

    after = clean_document(hostile.pdf_with(change), "a.pdf").pdf
    assert shows(after, (0, 0, 0))
    assert shows(after, (255, 0, 0))


@pytest.mark.parametrize("corners", [QUAD, Array([60, 300, 360, 300, 360, 560, 60, 560])])
def test_a_line_under_text_is_under_it_however_its_corners_are_told(corners: Array) -> None:
    left, top, right, bottom = box_of_red(clean_document(with_shape("Underline", {"QuadPoints": corners}), "a.pdf").pdf)
    assert right - left > 70
    assert bottom - top < 10
    assert top > 125, "the marked text ends at 300 of 842 points from the foot"


def test_opacity_is_kept() -> None:
    after = clean_document(with_shape("Square", {"IC": RED, "CA": 0.5}), "a.pdf").pdf
    assert shows(after, (255, 128, 128))


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("Squiggly", {"QuadPoints": QUAD}),
        ("Stamp", {}),
        ("Caret", {}),
        ("Line", {"L": Array([70, 310, 350, 550]), "LE": Array([Name("/None"), Name.OpenArrow])}),
        ("Line", {"L": Array([70, 310, 350])}),
        ("Line", {}),
        ("Square", {"BE": Dictionary(S=Name.C)}),
        ("Square", {"Rect": Array([1, 1, 1, 1])}),
        ("Square", {"C": Array([1, 0])}),
        ("Square", {"BS": Dictionary(W=Name.Wide)}),
        ("Highlight", {"QuadPoints": Array([1, 2, 3, 4])}),
        ("Ink", {"InkList": Array([])}),
        ("Ink", {"InkList": Array([Array([1e9, 0, 0, 0])])}),
        ("Ink", {"InkList": Array([Array([1, 2] * (MAX_SHAPE_POINTS + 1))])}),
        ("Polygon", {"Vertices": Array([Array([1, 2]), 3, 4, 5])}),
    ],
)
def test_what_readers_draw_each_in_their_own_way_is_named(kind: str, given: dict[str, Any]) -> None:
    refusal = refused(kind, given)
    assert (refusal.reason, refusal.where) == (Reason.UNDRAWN, f"p. 1: {kind}")
