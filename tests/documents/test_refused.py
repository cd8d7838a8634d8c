"""A file that is broken, is two things at once, or would overload a reader is not taken."""

import contextlib
import hashlib
from collections.abc import Callable
from functools import partial

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from portal.documents.cleaning import clean_document, clean_photo
from portal.documents.limits import MAX_ANNOTATIONS, MAX_BYTES, MAX_CONTENT_BYTES
from portal.documents.refusals import MESSAGES, Reason, Refused
from tests.documents import bombs, hostile


def refusal(data: bytes, name: str = "resume.pdf") -> Reason:
    with pytest.raises(Refused) as caught:
        clean_document(data, name)
    return caught.value.reason


@pytest.mark.parametrize("data", [b"", b"\0" * 5000])
def test_nothing(data: bytes) -> None:
    assert refusal(data) is Reason.EMPTY


def test_too_many_bytes() -> None:
    assert refusal(hostile.plain_pdf() + b"\0" * MAX_BYTES) is Reason.TOO_LARGE


@pytest.mark.parametrize("data", [b"hello", b"GIF89a" + b"\0" * 99, b"\xd0\xcf\x11\xe0 old Word"])
def test_other_kinds(data: bytes) -> None:
    assert refusal(data) is Reason.UNSUPPORTED_TYPE


@pytest.mark.parametrize("name", ["resume.exe", "resume", "resume.pdf.html", ""])
def test_other_names(name: str) -> None:
    assert refusal(hostile.plain_pdf(), name) is Reason.UNSUPPORTED_TYPE


@pytest.mark.parametrize("name", ["resume.jpg", "resume.png"])
def test_a_name_of_another_kind(name: str) -> None:
    assert refusal(hostile.plain_pdf(), name) is Reason.EXTENSION_MISMATCH


def test_protected() -> None:
    assert refusal(hostile.encrypted_pdf("secret")) is Reason.ENCRYPTED


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_cut_short(share: float) -> None:
    whole = hostile.plain_pdf(3)
    assert refusal(whole[: int(len(whole) * share)]) is Reason.TRUNCATED


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_cut_short(kind: str) -> None:
    whole = hostile.picture(kind)
    name = f"p.{kind.lower()}"
    assert refusal(whole[: len(whole) // 2], name) is Reason.TRUNCATED
    assert refusal(whole[:-3], name) is Reason.TRUNCATED


@pytest.mark.parametrize(
    "data",
    [
        hostile.plain_pdf() + hostile.zip_bytes(),
        b" \n" + hostile.plain_pdf(),
        hostile.zip_bytes() + hostile.plain_pdf(),
        hostile.plain_pdf() + b" " * 5000,
        hostile.plain_pdf() + b"<html><script>alert(1)</script>",
        hostile.plain_pdf().replace(b"\n", b"\n%<html><script>\n", 1),
    ],
    ids=["zip after", "late start", "zip before", "much after", "page after", "page inside"],
)
def test_two_things_at_once(data: bytes) -> None:
    assert refusal(data) in {Reason.POLYGLOT, Reason.UNSUPPORTED_TYPE}


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("tail", [hostile.zip_bytes(), hostile.plain_pdf(), b"<script>", b"x" * 99999])
def test_a_picture_with_something_behind_it(kind: str, tail: bytes) -> None:
    assert refusal(hostile.picture(kind) + tail, f"p.{kind.lower()}") is Reason.POLYGLOT


def test_too_many_pages() -> None:
    assert refusal(hostile.plain_pdf(51)) is Reason.TOO_MANY_PAGES


@pytest.mark.parametrize(
    "make",
    [
        partial(hostile.deep_pages, 100),
        partial(hostile.deep_pages, 20_000),
        partial(hostile.unfolding_stream, 600 << 20),
        hostile.drawing_bomb,
        hostile.self_drawing,
    ],
    ids=["deep", "very deep", "unfolding", "drawing", "drawing itself"],
)
def test_bombs(make: Callable[[], bytes]) -> None:
    data = make()
    assert len(data) < MAX_BYTES
    assert refusal(data) is Reason.BOMB


@pytest.mark.parametrize("way", bombs.all_of_them())
def test_a_page_that_unfolds(way: str) -> None:
    assert refusal(bombs.all_of_them()[way]) is Reason.BOMB


def test_too_many_form_fields() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        page.Annots = Array([])
        for _ in range(MAX_ANNOTATIONS + 1):
            note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([0, 0, 9, 9]))
            page.Annots.append(pdf.make_indirect(note))

    assert refusal(hostile.pdf_with(change)) is Reason.BOMB


@pytest.mark.parametrize("words", [b"/a %", b"BI /W 10 /H 10 ", b"/a ", b"(", b"<<", b"<", b"BI "])
def test_instructions_are_read_in_one_go(words: bytes) -> None:
    """Read anew at each of them, they would take hours."""
    long = words * ((MAX_CONTENT_BYTES // 32) // len(words))
    with contextlib.suppress(Refused):
        clean_document(hostile.pdf_with(lambda pdf, page: page.Contents.write(long)), "a.pdf")


def test_a_loop_of_pages() -> None:
    looped = hostile.pdf_with(lambda pdf, page: pdf.Root.Pages.Kids.append(pdf.Root.Pages))
    assert refusal(looped) is Reason.BOMB


def test_too_many_pixels() -> None:
    huge = hostile.picture("PNG", (10_000, 6_000))
    assert refusal(huge, "p.png") is Reason.TOO_MANY_PIXELS


def test_too_many_pixels_inside_a_pdf() -> None:
    small = hostile.picture()
    declared = hostile.pdf_with_picture(small, (100_000, 100_000))
    assert refusal(declared) is Reason.TOO_MANY_PIXELS
    hidden = small.replace((400).to_bytes(2) + (300).to_bytes(2), b"\xff\xff\xff\xff", 1)
    assert refusal(hostile.pdf_with_picture(hidden, (300, 400))) is Reason.TOO_MANY_PIXELS
    inline = b"q BI /W 90000 /H 90000 /CS /G /BPC 1 ID x EI Q"
    drawn = hostile.pdf_with(lambda pdf, page: page.Contents.write(inline))
    assert refusal(drawn) is Reason.TOO_MANY_PIXELS


def test_a_pdf_is_no_portrait() -> None:
    with pytest.raises(Refused) as caught:
        clean_photo(hostile.plain_pdf(), "photo.pdf")
    assert caught.value.reason is Reason.UNSUPPORTED_TYPE


def test_every_reason_has_words() -> None:
    assert set(MESSAGES) == set(Reason)


def test_what_is_served_is_never_the_original() -> None:
    data = hostile.plain_pdf()
    clean = clean_document(data, "a.pdf")
    assert clean.original_sha256 == hashlib.sha256(data).hexdigest()
    assert clean.clean_sha256 == hashlib.sha256(clean.pdf).hexdigest() != clean.original_sha256
    again = clean_document(clean.pdf, "a.pdf")
    assert again.clean_sha256 != clean.clean_sha256
