"""What a file is, by its content alone, and whether it is also something else.

Promise: a file passes as one kind only. A name that claims another kind, a second format hidden
before, inside or after the first, or a missing end is refused.
"""

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePath

from portal.documents.jpegs import JPEG_START, jpeg_end
from portal.documents.limits import (
    IMAGE_TRAILER_BYTES,
    MAX_BYTES,
    TRAILING_BYTES,
)
from portal.documents.pngs import PNG_START, chunks
from portal.documents.refusals import Reason, Refused

PDF_START = b"%PDF-"
_BLANKS = b"\0\t\n\f\r \x1a"
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|body|\?php)\b", re.IGNORECASE)
_FOREIGN = re.compile(rb"PK\x03\x04|PK\x05\x06|%PDF-|Rar!\x1a|7z\xbc\xaf|MZ\x90|\x7fELF")
_HEAD = 1024
_BREAK = re.compile(rb"(?:\r\n|\r|\n)(?=%PDF-)")
# The formatted text of a note or a form field, with its own <body>; it ends where its parentheses do.
_RICH_TEXT = re.compile(rb"/(?:RC|RV)[\0\t\n\f\r ]*\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*+", re.DOTALL)
_BEHIND_FILM = re.compile(rb"PK\x03\x04|PK\x05\x06|%PDF-|Rar!\x1a|7z\xbc\xaf|\x7fELF")
_BODY = re.compile(rb"<(/?)body\b")


class Kind(StrEnum):
    """The kinds taken."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"


EXTENSIONS = {".pdf": Kind.PDF, ".jpg": Kind.JPEG, ".jpeg": Kind.JPEG, ".png": Kind.PNG}


def kind_of(data: bytes, filename: str) -> Kind:
    """The one kind this file is. Raises `Refused`. `filename` is the uploader's own name for it,
    of which only the ending is looked at."""
    if not data.strip(b"\0"):
        raise Refused(Reason.EMPTY)
    if len(data) > MAX_BYTES:
        raise Refused(Reason.TOO_LARGE, f"{len(data)} bytes")
    kind = _by_start(data)
    claimed = EXTENSIONS.get(PurePath(filename).suffix.lower())
    if claimed is None:
        raise Refused(Reason.UNSUPPORTED_TYPE, "by its name")
    if claimed is not kind:
        raise Refused(Reason.EXTENSION_MISMATCH, f"named {claimed.value}, is {kind.value}")
    {Kind.PDF: _whole_pdf, Kind.JPEG: _whole_jpeg, Kind.PNG: _whole_png}[kind](data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise Refused(Reason.POLYGLOT, "it is also a ZIP archive")
    return kind


def _by_start(data: bytes) -> Kind:
    if data.startswith(PDF_START):
        return Kind.PDF
    if data.startswith(JPEG_START):
        return Kind.JPEG
    if data.startswith(PNG_START):
        return Kind.PNG
    if _BREAK.match(data):
        return Kind.PDF
    if PDF_START in data[:_HEAD]:
        raise Refused(Reason.POLYGLOT, "the PDF does not start at the first byte")
    raise Refused(Reason.UNSUPPORTED_TYPE, "by its content")


def without_break(data: bytes) -> list[bytes]:
    """A PDF that begins with a line break as it may be meant: its offsets count from `%PDF` or from the break."""
    found = _BREAK.match(data)
    if found is None:
        return [data]
    first, rest = data[found.end() :].split(b"\n", 1) if b"\n" in data[found.end() :] else (data[found.end() :], b"")
    return [data[found.end() :], first + found[0] + b"\n" + rest]


def _without_rich_text(data: bytes) -> bytes:
    """The same, as long as before, where the texts of notes have no body of their own; what else they hold stays."""
    return _RICH_TEXT.sub(lambda text: _BODY.sub(rb"<\1note", text[0]), data)


def _whole_pdf(data: bytes) -> None:
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise Refused(Reason.TRUNCATED, "no end mark")
    rest = data[end + len(b"%%EOF") :]
    if rest.strip(_BLANKS):
        raise Refused(Reason.POLYGLOT, "something follows the end of the PDF")
    if len(rest) > TRAILING_BYTES:
        raise Refused(Reason.POLYGLOT, f"{len(rest)} bytes follow the end of the PDF")
    head, tail = _without_rich_text(data[:_HEAD]), _without_rich_text(data[-_HEAD * 9 :])[-_HEAD:]
    if _HTML.search(head) or _HTML.search(tail):
        raise Refused(Reason.POLYGLOT, "it is also a web page")


def _whole_jpeg(data: bytes) -> None:
    rest = data[jpeg_end(data) :]
    if rest.startswith(JPEG_START):
        rest = b""  # cameras append a second picture (preview, gain map); it is not used
    if not _is_film(rest):
        _check_image_trailer(rest)


def _is_film(rest: bytes) -> bool:
    """Whether a film follows, as phones append one to a photo; it is not used. Other files in it are looked for all
    the same, but for those of three letters, which a film has by chance."""
    if rest[4:8] != b"ftyp" or not 8 <= int.from_bytes(rest[:4]) <= _HEAD:
        return False
    if _BEHIND_FILM.search(rest) or _HTML.search(rest):
        raise Refused(Reason.POLYGLOT, "another file follows the picture")
    return True


def _whole_png(data: bytes) -> None:
    rest = data[max(chunk.end for chunk in chunks(data)) :]
    if rest.strip(_BLANKS):
        raise Refused(Reason.POLYGLOT, "something follows the end of the PNG")
    _check_image_trailer(rest)


def _check_image_trailer(rest: bytes) -> None:
    if len(rest) > IMAGE_TRAILER_BYTES:
        raise Refused(Reason.POLYGLOT, f"{len(rest)} bytes follow the picture")
    if _FOREIGN.search(rest) or _HTML.search(rest):
        raise Refused(Reason.POLYGLOT, "another file follows the picture")
