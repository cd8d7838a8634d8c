"""What is taken keeps what it shows, and loses everything it could do or tell."""

import io
import shutil
import subprocess
from collections.abc import Callable

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from portal.documents.cleaning import clean_document, clean_photo
from portal.documents.limits import PHOTO_EDGE
from portal.documents.names import bare, entries
from tests.documents import hostile

FORBIDDEN = {
    *("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFile", "/EmbeddedFiles"),
    *("/AcroForm", "/XFA", "/RichMedia", "/Metadata", "/Annots", "/URI", "/AF", "/Names", "/Ref"),
    *("/PieceInfo", "/F", "/EF", "/FS", "/Info", "/OCProperties", "/Outlines", "/PS", "/A"),
}


def names_in(pdf: bytes) -> set[str]:
    """Every key, and every name used as a value, of every object."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, Name):
            found.add("/" + bare(value))
        elif isinstance(value, (Dictionary, pikepdf.Stream)):
            for key, item in entries(value):
                found.add("/" + key)
                if not getattr(item, "is_indirect", False):
                    look(item)
        elif isinstance(value, Array):
            for item in list(value):
                if not getattr(item, "is_indirect", False):
                    look(item)

    with Pdf.open(io.BytesIO(pdf)) as document:
        look(document.trailer)
        for item in document.objects:
            look(item)
    return found


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def cleaned(data: bytes) -> bytes:
    return clean_document(data, "resume.pdf").pdf


@pytest.mark.parametrize(
    "change",
    [
        hostile.add_actions,
        hostile.add_attachments,
        hostile.add_form,
        hostile.add_metadata,
        hostile.add_external,
    ],
)
def test_nothing_that_acts_or_tells_is_left(change: Callable[[Pdf, Dictionary], None]) -> None:
    before = hostile.pdf_with(change)
    after = cleaned(before)
    assert names_in(before) & FORBIDDEN, "the test's own file must be hostile"
    assert not names_in(after) & FORBIDDEN
    assert hostile.MARK in text_of(after)
    for secret in (b"Secret", b"attached words", b"calc.exe", b"passwd", b"app.alert"):
        assert secret not in after


def test_what_was_filled_in_stays_visible() -> None:
    assert "Filled 67890" in text_of(cleaned(hostile.pdf_with(hostile.add_form)))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_another_reader_sees_the_same_text() -> None:
    after = cleaned(hostile.pdf_with(hostile.add_form))
    run = subprocess.run(["pdftotext", "-", "-"], input=after, capture_output=True, check=True)  # noqa: S607
    assert hostile.MARK in run.stdout.decode()
    assert "Filled 67890" in run.stdout.decode()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("box", [(0, 0, 595, 842), (-50, -20, 792, 612), (0, 0, 2384, 3370)])
def test_pages_stand_upright_on_a4_above_a_free_foot(turn: int, box: tuple[int, ...]) -> None:
    def change(_pdf: Pdf, page: Dictionary) -> None:
        page.MediaBox, page.Rotate = Array(list(box)), turn

    with Pdf.open(io.BytesIO(cleaned(hostile.pdf_with(change)))) as document:
        page = document.pages[0]
        wide, high = (float(side) for side in list(page.mediabox)[2:])
        across, up = (box[2] - box[0], box[3] - box[1])[:: 1 if turn in (0, 180) else -1]
        assert (wide > high) == (across > up)
        assert sorted((wide, high)) == pytest.approx([595.28, 841.89], abs=0.01)
        instructions = page.Contents.read_bytes().decode().split()
        _, _, _, _, _, _ = numbers = [float(number) for number in instructions[1:7]]
        corners = [numbers[1] * x + numbers[3] * y + numbers[5] for x in (box[0], box[2]) for y in (box[1], box[3])]
        assert min(corners) >= 28.3
        assert max(corners) <= high + 0.01
        assert Name.Rotate not in page.obj


def test_pages_keep_their_number_and_order() -> None:
    with Pdf.new() as pdf:
        for number in range(5):
            hostile.page_of(pdf, f"Page {number}")
        data = hostile.saved(pdf)
    result = clean_document(data, "a.PDF")
    assert result.pages == 5
    reader = pypdf.PdfReader(io.BytesIO(result.pdf))
    assert [page.extract_text().strip() for page in reader.pages] == [f"Page {n}" for n in range(5)]


def test_layers_have_no_switches_left() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("x")))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
        page.Resources.Properties = Dictionary(MC0=layer)

    after = cleaned(hostile.pdf_with(change))
    assert "/OCG" not in names_in(after)


def test_a_photograph_inside_a_pdf_loses_its_metadata() -> None:
    after = cleaned(hostile.pdf_with_picture(hostile.tagged_jpeg(), (300, 400)))
    assert b"Secret" not in after
    assert b"Exif" not in after
    with Pdf.open(io.BytesIO(after)) as document:
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        images = [stream for stream in streams if stream.get(Name.Subtype) == Name.Image]
        assert pikepdf.PdfImage(images[0]).as_pil_image().size == (300, 400)


def test_a_jpeg_2000_picture_becomes_a_jpeg() -> None:
    data = hostile.pdf_with_picture(b"", (300, 400))
    with Pdf.open(io.BytesIO(data)) as pdf:
        image = pdf.pages[0].Resources.XObject.Im
        image.write(hostile.picture("JPEG2000"), filter=Name.JPXDecode)
        data = hostile.saved(pdf)
    after = cleaned(data)
    assert "/JPXDecode" not in names_in(after)
    assert "/DCTDecode" in names_in(after)


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "scan.jpg"), ("PNG", "scan.PNG")])
def test_a_picture_becomes_a_page(kind: str, name: str) -> None:
    result = clean_document(hostile.picture(kind), name)
    assert result.pages == 1
    assert result.pdf.startswith(b"%PDF-")
    assert not names_in(result.pdf) & FORBIDDEN


def test_a_photograph_is_turned_upright_and_tells_nothing() -> None:
    before = hostile.tagged_jpeg()
    assert b"Secret" in before
    result = clean_photo(before, "photo.jpeg")
    assert b"Secret" not in result.jpeg
    with Image.open(io.BytesIO(result.jpeg)) as image:
        assert image.size == (400, 300)
        assert not image.getexif()
        assert "comment" not in image.info
        red = image.convert("RGB").getpixel((390, 10))
        assert isinstance(red, tuple)
        assert red[0] > 200 > 60 > red[1]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_pixel_becomes_a_bounded_jpeg(mode: str) -> None:
    written = io.BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (3000, 1500)).save(written, kind)
    result = clean_photo(written.getvalue(), f"p.{kind.lower()}")
    with Image.open(io.BytesIO(result.jpeg)) as image:
        assert image.format == "JPEG"
        assert image.mode in ("RGB", "L")
        assert max(image.size) == PHOTO_EDGE


def test_sixteen_bit_greys_keep_their_shade() -> None:
    written = io.BytesIO()
    Image.new("I;16", (40, 40), 0x8000).save(written, "PNG")
    with Image.open(io.BytesIO(clean_photo(written.getvalue(), "p.png").jpeg)) as image:
        assert image.getpixel((5, 5)) == pytest.approx(128, abs=2)
