"""Pictures, decoded within bounds and written anew without metadata.

Promise: only pixels survive: no Exif, no place, no comment, no colour profile, no second frame.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import img2pdf
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.documents.limits import JPEG_QUALITY, PHOTO_EDGE, SCAN_EDGE
from portal.documents.pngs import PNG_START, bare_png
from portal.documents.refusals import Reason, Refused
from portal.documents.sizes import check_pixels
from portal.documents.sniffing import Kind

_FORMATS = {Kind.JPEG: ("JPEG",), Kind.PNG: ("PNG",)}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(Reason.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise Refused(Reason.UNREADABLE, "not a readable picture") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Refused(Reason.TRUNCATED, "the picture's data are broken") from None


def _pixels(data: bytes, formats: tuple[str, ...], edge: int) -> Image.Image:
    """RGB or grey pixels, upright, no longer than `edge`, on white where transparent."""
    flat, orientation = _decoded(bare_png(data) if data.startswith(PNG_START) else data, formats, edge)
    flat.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    flat.getexif()[0x0112] = orientation
    return ImageOps.exif_transpose(flat)


def _decoded(data: bytes, formats: tuple[str, ...], edge: int) -> tuple[Image.Image, int]:
    """The whole picture, at most two copies of which are held at a time, and how it lies."""
    with Image.open(io.BytesIO(data), formats=formats) as picture:
        check_pixels(*picture.size)
        picture.draft(picture.mode, (edge, edge))  # a JPEG is decoded no larger than needed
        picture.load()
        return _flat(picture), picture.getexif().get(0x0112, 1)


def _flat(picture: Image.Image) -> Image.Image:
    """The picture in RGB or grey, on white where transparent."""
    if "transparency" in picture.info or "A" in picture.getbands():
        layer = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(layer, mask=layer)
        return flat
    if picture.mode in ("L", "RGB"):
        return picture
    if picture.mode in ("I", "F") or picture.mode.startswith("I;"):
        return _eight_bits(picture)
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _eight_bits(picture: Image.Image) -> Image.Image:
    # 16-bit greys: Pillow's own conversion clips instead of scaling.
    return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _bare(picture: Image.Image, file_format: str) -> bytes:
    """The pixels in a new file; `info`, which Pillow would copy into it, is left behind."""
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    written = io.BytesIO()
    if file_format == "JPEG":
        bare.save(written, "JPEG", quality=JPEG_QUALITY, optimize=True)
    else:
        bare.save(written, "PNG")
    return written.getvalue()


def picture_as_pdf(data: bytes, kind: Kind) -> bytes:
    """One page as large as the picture at 96 dpi. Raises `Refused`."""
    with _refusals():
        picture = _pixels(data, _FORMATS[kind], SCAN_EDGE)
        if min(picture.size) < 4:  # a page has three points at least
            picture = ImageOps.expand(picture, border=4, fill="white")
        made = img2pdf.convert(_bare(picture, kind.name), nodate=True)
    if made is None:
        raise Refused(Reason.UNREADABLE, "the picture cannot be set on a page")
    return bytes(made)


def portrait(data: bytes, kind: Kind) -> bytes:
    """A photo as a JPEG of at most PHOTO_EDGE pixels. Raises `Refused`."""
    with _refusals():
        return _bare(_pixels(data, _FORMATS[kind], PHOTO_EDGE), "JPEG")


def jpeg2000_as_jpeg(data: bytes) -> tuple[bytes, bool, tuple[int, int]]:
    """A JPEG 2000 picture from inside a PDF as a JPEG, whether it is grey, and its size."""
    with _refusals():
        picture = _pixels(data, ("JPEG2000",), SCAN_EDGE)
        return _bare(picture, "JPEG"), picture.mode == "L", picture.size
