"""What a workbook's archive holds, looked at before anything reads it as a workbook.

Promise: every part is unpacked to its end and counted, whatever it is called. None goes on to be read that
carries a document type, or is XML in another encoding than UTF-8, which could hide one.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from portal.intake.limits import WORKBOOK_PARTS, WORKBOOK_UNPACKED_BYTES
from portal.intake.problems import Problem, Unreadable
from portal.language.i18n import N_

CHUNK = 1024 * 1024
NOT_A_WORKBOOK = N_("a workbook that Excel or LibreOffice saved as .xlsx")
_LARGE_PARTS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings\.xml|media/[^/]+)")
_DOCUMENT_TYPE = b"<!DOCTYPE"
_UTF8_MARK = b"\xef\xbb\xbf"
# XML as UTF-16, UTF-32 or EBCDIC begins, with a mark or with the first sign alone.
_OTHER_ENCODING = re.compile(rb"\xff\xfe|\xfe\xff|\0\0\xfe\xff|\0\0\0<|\0[<\s]|[<\s]\0|\x4c\x6f\xa7\x94")
_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*["']1\.0["']"""
    rb"""(\s+encoding\s*=\s*["'](utf-?8|us-ascii)["'])?"""
    rb"""(\s+standalone\s*=\s*["'](yes|no)["'])?\s*\?>""",
    re.IGNORECASE,
)


def inspect(path: Path) -> None:
    """Raises Unreadable when the archive holds too much, or XML that could define entities. The sizes
    are counted while unpacking: what the archive says of itself is not believed."""
    left = WORKBOOK_UNPACKED_BYTES
    with ZipFile(path) as archive:
        if len(archive.infolist()) > WORKBOOK_PARTS:
            raise _refused(path)
        for part in archive.infolist():
            with archive.open(part) as content:
                for size in _sizes(path, part.filename, content):
                    left -= size
                    if left < 0:
                        raise Unreadable(
                            Problem(
                                path.name,
                                N_("a workbook of at most {limit} MB when unpacked"),
                                details={"limit": str(WORKBOOK_UNPACKED_BYTES // CHUNK)},
                            )
                        )


def _sizes(path: Path, name: str, content: IO[bytes]) -> Iterator[int]:
    """How long each piece of a part is, once nothing was found against it."""
    piece = content.read(CHUNK)
    if not _plain(piece):
        raise _refused(path)
    if len(piece) == CHUNK and not _LARGE_PARTS.fullmatch(name):
        raise _refused(path)  # styles and the like, read whole, take minutes
    end = b""
    while piece:
        if _DOCUMENT_TYPE in end + piece:
            raise _refused(path)
        yield len(piece)
        end = piece[1 - len(_DOCUMENT_TYPE) :]  # it may lie across two pieces
        piece = content.read(CHUNK)


def _plain(beginning: bytes) -> bool:
    """Whether a document type in this part would be seen: it is XML in UTF-8, or none in any encoding."""
    text = beginning.removeprefix(_UTF8_MARK)
    if _OTHER_ENCODING.match(text):
        return False
    return _DECLARATION.match(text) is not None if re.match(rb"<\?xml\s", text) else True


def _refused(path: Path) -> Unreadable:
    return Unreadable(Problem(path.name, NOT_A_WORKBOOK))
