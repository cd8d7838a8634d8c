"""Pictures in black and white as fax machines code them: CCITT and JBIG2.

Promise: the size that their own coding declares is within the limit, whatever the PDF says of them,
and a JBIG2 picture has no comment.
"""

from pikepdf import Dictionary

from portal.documents.names import entry
from portal.documents.refusals import Reason, Refused
from portal.documents.sizes import check_pixels

_COMMENT, _PAGE, _ANY = 62, 48, 0xFFFFFFFF
# Segments of regions begin with their width and height, as a page's does.
_SIZED = {4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42, 43, _PAGE}


def check_ccitt(parameters: Dictionary | None, height: int) -> None:
    """Refuses a size that could overload a reader. Without parameters a line has 1728 pixels."""
    columns, rows = entry(parameters, "Columns"), entry(parameters, "Rows")
    check_pixels(_whole(columns, 1728), max(_whole(rows, 0) or height, height), 1)


def _whole(value: object, otherwise: int) -> int:
    return otherwise if value is None else value if isinstance(value, int) else 0


def bare_jbig2(data: bytes, height: int) -> bytes:
    """The segments without comments. `height` is the picture's, for a page that leaves its own open."""
    kept, at = [], 0
    while at < len(data):
        kind, body = _header(data, at)
        length = int.from_bytes(data[body - 4 : body])
        end = len(data) if length == _ANY else body + length  # only a last region may leave it open
        if body > len(data) or end > len(data) + 16:
            raise Refused(Reason.UNREADABLE, "a JBIG2 picture that is cut short")
        if kind in _SIZED:
            wide, high = int.from_bytes(data[body : body + 4]), int.from_bytes(data[body + 4 : body + 8])
            check_pixels(wide, height if kind == _PAGE and high == _ANY else high, 1)
        if kind != _COMMENT:
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _header(data: bytes, at: int) -> tuple[int, int]:
    """The kind of the segment at this offset, and where its data begin."""
    number, flags = int.from_bytes(data[at : at + 4]), int.from_bytes(data[at + 4 : at + 5])
    references = int.from_bytes(data[at + 5 : at + 6]) >> 5
    after = at + 6
    if references == 7:
        references = int.from_bytes(data[at + 5 : at + 9]) & 0x1FFFFFFF
        after = at + 9 + (references + 8) // 8
    after += references * (1 if number <= 256 else 2 if number <= 65536 else 4)
    return flags & 63, after + (4 if flags & 64 else 1) + 4
