"""Pictures, decoded within bounds and written anew without metadata.

Promise: only pixels survive: no Exif, no place, no comment, no colour profile, no second frame.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import img2pdf
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.documents.limits import JPEG_QUALITY, MAX_PIXELS, PHOTO_EDGE, SCAN_EDGE
from portal.documents.refusals import Reason, Refused
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


def check_pixels(width: int, height: int) -> None:
    """Refuses a picture of more than MAX_PIXELS, or of none."""
    if width < 1 or height < 1:
        raise Refused(Reason.UNREADABLE, "a picture without pixels")
    if width * height > MAX_PIXELS:
        raise Refused(Reason.TOO_MANY_PIXELS, f"{width} x {height}")


def _pixels(data: bytes, formats: tuple[str, ...], edge: int) -> Image.Image:
    """RGB or grey pixels, upright, no longer than `edge`, on white where transparent."""
    with Image.open(io.BytesIO(data), formats=formats) as picture:
        check_pixels(*picture.size)
        picture.draft(picture.mode, (edge, edge))  # a JPEG is decoded no larger than needed
        picture.load()
        if "transparency" in picture.info or "A" in picture.getbands():
            layer = picture.convert("RGBA")
            flat = Image.new("RGB", picture.size, "white")
            flat.paste(layer, mask=layer.getchannel("A"))
        elif picture.mode in ("1", "L", "I", "F") or picture.mode.startswith("I;"):
            flat = picture.convert("L") if picture.mode in ("1", "L") else _eight_bits(picture)
        else:
            flat = picture.convert("RGB")
        orientation = picture.getexif().get(0x0112, 1)
    flat.getexif()[0x0112] = orientation
    upright = ImageOps.exif_transpose(flat)
    upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return upright


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
