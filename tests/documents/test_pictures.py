"""A picture comes over as its pixels: whatever it is coded in, and as large as the portal says it takes."""

import io
import struct
import zlib

import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from portal.documents.cleaning import clean_document, clean_photo
from portal.documents.fax import bare_jbig2
from portal.documents.jpegs import bare_jpeg
from portal.documents.limits import MAX_EDGE, MAX_SCANS
from portal.documents.refusals import Reason, Refused
from tests.documents import hostile
from tests.documents.readers import shows, unfolded


def refusal(data: bytes, name: str) -> Reason:
    with pytest.raises(Refused) as caught:
        clean_document(data, name)
    return caught.value.reason


def segment(marker: int, payload: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2) + payload


SECRETS = segment(0xE1, b"Exif\0\0Secret place") + segment(0xFE, b"Secret comment") + segment(0xEE, b"Secret 14")


def before_each_scan(jpeg: bytes, added: bytes) -> bytes:
    """The JPEG with something added before the tables of each of its scans."""
    tables = b"\xff\xc4"
    start, *parts = jpeg.split(tables)
    return start + b"".join(added + tables + part for part in parts)


def progressive() -> bytes:
    written = io.BytesIO()
    Image.effect_noise((300, 400), 80).convert("RGB").save(written, "JPEG", progressive=True)
    return written.getvalue()


def test_a_jpeg_has_no_metadata_wherever_it_stands() -> None:
    jpeg = before_each_scan(progressive(), SECRETS)
    assert jpeg.count(b"Secret") > 6
    bare = bare_jpeg(jpeg)
    assert b"Secret" not in bare
    with Image.open(io.BytesIO(bare)) as after, Image.open(io.BytesIO(jpeg)) as before:
        assert after.tobytes() == before.tobytes()
    assert b"Secret" not in clean_document(hostile.pdf_with_picture(jpeg, (300, 400)), "a.pdf").pdf


def test_the_colours_of_adobes_jpegs_stay() -> None:
    written = io.BytesIO()
    Image.new("CMYK", (9, 9), (255, 0, 0, 0)).save(written, "JPEG")
    with Image.open(io.BytesIO(bare_jpeg(written.getvalue()))) as after:
        assert after.info["adobe_transform"] == 0


def test_a_jpeg_among_the_instructions_has_no_metadata() -> None:
    inline = b"q 595 0 0 842 0 0 cm BI /W 300 /H 400 /BPC 8 /CS /RGB /F /DCT ID " + hostile.tagged_jpeg() + b"\nEI Q"
    after = clean_document(hostile.pdf_with(lambda pdf, page: page.Contents.write(inline)), "a.pdf").pdf
    assert b"Secret" not in unfolded(after)
    assert shows(after, (255, 0, 0))


def test_more_scans_than_a_picture_has() -> None:
    jpeg = progressive()
    scan = jpeg[jpeg.rindex(b"\xff\xc4") : -2]
    assert refusal(jpeg[:-2] + scan * MAX_SCANS + jpeg[-2:], "a.jpg") is Reason.BOMB


def coded(coding: Name, data: bytes, **parameters: int) -> bytes:
    def change(pdf: Pdf, page: Dictionary) -> None:
        image = pdf.make_stream(b"")
        image.write(
            data, filter=coding, decode_parms=Dictionary({f"/{key}": value for key, value in parameters.items()})
        )
        image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=30, Height=40, BitsPerComponent=1))
        image.ColorSpace = Name.DeviceGray
        page.Resources.XObject = Dictionary(Im=image)
        page.Contents = pdf.make_stream(b"q 300 0 0 400 72 300 cm /Im Do Q")

    return hostile.pdf_with(change)


def jbig2(kind: int, data: bytes, references: int = 0) -> bytes:
    return (
        struct.pack(">IBB", 1, kind, references << 5)
        + bytes(references)
        + b"\x01"
        + struct.pack(">I", len(data))
        + data
    )


def page(wide: int, high: int) -> bytes:
    return jbig2(48, struct.pack(">IIIIBH", wide, high, 0, 0, 0, 0))


COMMENT = jbig2(62, b"Author\0Secret\0\0", references=2)


@pytest.mark.parametrize(
    "data",
    [
        coded(Name.CCITTFaxDecode, b"\0" * 99, K=-1, Columns=1_000_000_000),
        coded(Name.CCITTFaxDecode, b"\0" * 99, K=-1, Columns=30_000, Rows=30_000),
        coded(Name.JBIG2Decode, page(60_000, 60_000)),
        coded(Name.JBIG2Decode, page(30, 40) + jbig2(38, struct.pack(">IIIIB", 60_000, 60_000, 0, 0, 0))),
    ],
)
def test_a_fax_larger_than_it_says(data: bytes) -> None:
    assert refusal(data, "a.pdf") is Reason.TOO_MANY_PIXELS


def test_a_jbig2_picture_has_no_comment() -> None:
    assert bare_jbig2(page(30, 0xFFFFFFFF) + COMMENT + jbig2(49, b""), 40) == page(30, 0xFFFFFFFF) + jbig2(49, b"")
    after = clean_document(coded(Name.JBIG2Decode, page(30, 40) + COMMENT), "a.pdf").pdf
    assert b"Secret" not in unfolded(after)


def test_what_jbig2_pictures_share_comes_over_once_and_bare() -> None:
    def change(pdf: Pdf, page_: Dictionary) -> None:
        shared = pdf.make_stream(COMMENT + jbig2(0, b"Shared"))
        page_.Resources.XObject = Dictionary()
        for number in range(3):
            image = pdf.make_stream(b"")
            image.write(page(30, 40), filter=Name.JBIG2Decode, decode_parms=Dictionary(JBIG2Globals=shared))
            image.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=30, Height=40))
            page_.Resources.XObject[f"/I{number}"] = image
        page_.Contents = pdf.make_stream(b"/I0 Do /I1 Do /I2 Do")

    after = unfolded(clean_document(hostile.pdf_with(change), "a.pdf").pdf)
    assert after.count(b"Shared") == 1
    assert b"Secret" not in after


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(size: tuple[int, int], colour: int, *more: bytes, samples: int = 1) -> bytes:
    """A PNG of zeros, whose other chunks stand where they would."""
    unfolded_size = (size[0] * samples + 1) * size[1]
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(bytes(min(1 << 20, unfolded_size - at))) for at in range(0, unfolded_size, 1 << 20))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", body + packer.flush()) + chunk(b"IEND", b"")


@pytest.mark.parametrize("name", [b"zTXt", b"iCCP"])
def test_text_that_unfolds_in_a_png_is_left_out(name: bytes) -> None:
    bomb = chunk(name, b"a\0\0" + zlib.compress(bytes(100 << 20), 1))
    assert clean_document(png((300, 400), 2, bomb, samples=3), "a.png").pages == 1


def test_how_a_png_lies_is_kept() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    written = io.BytesIO()
    Image.new("RGB", (300, 400)).save(written, "PNG", exif=exif)
    with Image.open(io.BytesIO(clean_photo(written.getvalue(), "a.png").jpeg)) as image:
        assert image.size == (400, 300)


def test_an_edge_that_is_too_long_is_said_to_be() -> None:
    assert refusal(png((MAX_EDGE + 1, 1), 0), "a.png") is Reason.TOO_MANY_PIXELS
    assert clean_document(png((MAX_EDGE, 1), 0), "a.png").pages == 1
