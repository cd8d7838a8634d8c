"""What other readers make of a PDF: its text, its pixels, and every byte it holds."""

import io
import subprocess

import pikepdf
import pytest
from PIL import Image


def text_of(pdf: bytes) -> str:
    """What poppler reads."""
    return _run(["pdftotext", "-", "-"], pdf).decode()


def pixels_of(pdf: bytes) -> Image.Image:
    """The first page as poppler draws it, an A4 page of 165 x 233 pixels."""
    return Image.open(io.BytesIO(_run(["pdftoppm", "-r", "20", "-f", "1", "-l", "1", "-"], pdf))).convert("RGB")


def shows(pdf: bytes, colour: tuple[int, int, int], *, far: int = 60) -> bool:
    """Whether a hundredth of the first page or more has about this colour."""
    picture = pixels_of(pdf)
    near = [
        count
        for count, pixel in picture.getcolors(1 << 20) or []
        if isinstance(pixel, tuple) and max(abs(a - b) for a, b in zip(pixel, colour, strict=True)) <= far
    ]
    return sum(near) * 100 >= picture.width * picture.height


def unfolded(pdf: bytes) -> bytes:
    """The PDF with its streams decompressed, pictures in their own coding."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            written,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return written.getvalue()


def _run(command: list[str], pdf: bytes) -> bytes:
    try:
        return subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=30).stdout
    except FileNotFoundError:
        pytest.skip("poppler-utils is not installed")
