"""Files as real programs write them, once refused wrongly; beside each what must go on being refused."""

import io
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Permissions, String

from portal.documents.cleaning import clean_document, clean_photo
from portal.documents.refusals import Reason, Refused
from tests.documents import hostile
from tests.documents.readers import shows, text_of

FILM = (24).to_bytes(4) + b"ftypmp42\0\0\0\0mp42isom" + bytes(range(256)) * 400


def refusal(data: bytes, name: str = "a.pdf") -> Reason:
    with pytest.raises(Refused) as caught:
        clean_document(data, name)
    return caught.value.reason


def protected(**denied: bool) -> bytes:
    with Pdf.open(io.BytesIO(hostile.pdf_with_picture(hostile.picture(), (300, 400)))) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(
            pdf.pages[0].Contents.read_bytes() + b" BT /F1 24 Tf 72 20 Td (Open) Tj ET"
        )
        allowed = dict.fromkeys(Permissions._fields, True) | denied
        return hostile.saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="", allow=Permissions(**allowed)))


@pytest.mark.parametrize("denied", [{}, {"modify_assembly": False}])
def test_encrypted_for_everybody_and_everything(denied: dict[str, bool]) -> None:
    after = clean_document(protected(**denied), "a.pdf").pdf
    assert "Open" in text_of(after)
    assert shows(after, (255, 0, 0))
    with Pdf.open(io.BytesIO(after)) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize(
    "name", sorted(set(Permissions._fields) - {"modify_assembly", "print_lowres", "modify_form", "accessibility"})
)
def test_what_the_owner_does_not_allow_is_respected(name: str) -> None:
    assert refusal(protected(**{name: False})) is Reason.ENCRYPTED


@pytest.mark.parametrize("start", [b"\n", b"\r\n", b"\r"])
def test_a_line_break_before_the_start(start: bytes) -> None:
    from_the_mark = start + hostile.plain_pdf()
    assert hostile.MARK in text_of(clean_document(from_the_mark, "a.pdf").pdf)
    assert refusal(b"x" + from_the_mark) is Reason.POLYGLOT
    assert refusal(start * 2 + hostile.plain_pdf()) is Reason.POLYGLOT


def test_a_line_break_from_which_the_offsets_count() -> None:
    plain = hostile.saved_plainly(hostile.plain_pdf())
    moved = b"\n" + hostile.with_offsets_moved(plain, 1)
    assert hostile.MARK in text_of(clean_document(moved, "a.pdf").pdf)


RICH = b'<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>note (1)</p></body>'


def with_note(text: bytes) -> bytes:
    with Pdf.open(io.BytesIO(hostile.plain_pdf())) as pdf:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), RC=String(text.decode()))
        pdf.pages[0].Annots = Array([note])
        plain = hostile.saved_plainly(hostile.saved(pdf))
    assert text[:20] in plain[:1024]
    return plain


def test_the_rich_text_of_a_note_is_no_web_page() -> None:
    assert hostile.MARK in text_of(clean_document(with_note(RICH), "a.pdf").pdf)


@pytest.mark.parametrize("text", [b"<html><body>", b"<body><script>", b"<body><iframe>"])
def test_a_web_page_in_a_note_is_one(text: bytes) -> None:
    assert refusal(with_note(text)) is Reason.POLYGLOT


def picture_in_pdf(data: bytes, **described: Any) -> bytes:
    def change(pdf: Pdf, page: Dictionary) -> None:
        image = pdf.make_stream(b"")
        image.write(data, filter=described.pop("Filter"))
        image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, **described))
        page.Resources.XObject = Dictionary(Im=image)
        page.Contents = pdf.make_stream(b"0 0 1 rg q 300 0 0 400 72 300 cm /Im Do Q")

    return hostile.pdf_with(change)


def in_runs(runs: bytes) -> bytes:
    colours: dict[str, Any] = {"BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
    return picture_in_pdf(runs, Filter=Name.RunLengthDecode, Width=4, Height=4, **colours)


def test_run_lengths() -> None:
    red = b"\x02\xff\0\0" * 16 + b"\x80"
    assert shows(clean_document(in_runs(red), "a.pdf").pdf, (255, 0, 0))


def test_run_lengths_that_unfold_too_far() -> None:
    assert refusal(in_runs(bytes([129, 0]) * (2 << 20) + b"\x80")) is Reason.BOMB


@pytest.mark.parametrize(("size", "taken"), [((14_000, 19_800), True), ((30_000, 30_000), False)])
def test_a_mask_counts_by_what_it_costs(size: tuple[int, int], taken: bool) -> None:
    wide, high = size
    with Pdf.new() as pdf:
        image = pdf.make_stream(bytes((wide + 7) // 8 * high))
        image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, ImageMask=True, Width=wide, Height=high))
        image.BitsPerComponent = 1
        page = hostile.page_of(pdf)
        page.Resources.XObject = Dictionary(Im=image)
        page.Contents = pdf.make_stream(b"0 0 1 rg q 300 0 0 400 72 300 cm /Im Do Q")
        data = hostile.saved(pdf, compress_streams=True)
    if taken:
        clean_document(data, "a.pdf")
    else:
        assert refusal(data) is Reason.TOO_MANY_PIXELS


def test_a_photo_with_a_film_behind_it_is_a_photo() -> None:
    photo = hostile.tagged_jpeg() + FILM
    assert b"ftyp" not in clean_photo(photo, "a.jpg").jpeg
    assert b"ftyp" not in clean_document(photo, "a.jpg").pdf


@pytest.mark.parametrize("hidden", [hostile.zip_bytes(), hostile.plain_pdf(), b"<script>"])
def test_a_film_hides_no_other_file(hidden: bytes) -> None:
    assert refusal(hostile.picture() + FILM + hidden, "a.jpg") is Reason.POLYGLOT


@pytest.mark.parametrize("way", ["needs rendering", "no fields"])
def test_a_form_that_draws_itself_is_refused_with_a_way_out(way: str) -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        hostile.add_form(pdf, page)
        if way == "needs rendering":
            pdf.Root.NeedsRendering = True
        else:
            pdf.Root.AcroForm.Fields = Array([])

    data = hostile.pdf_with(change)
    assert refusal(data) is Reason.SELF_DRAWN_FORM
    assert hostile.MARK in text_of(clean_document(hostile.pdf_with(hostile.add_form), "a.pdf").pdf)
