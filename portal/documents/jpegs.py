"""JPEGs segment by segment, without decoding them.

Promise: a JPEG that comes over has what its pixels need and nothing else, wherever it stood.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.documents.limits import MAX_SCANS
from portal.documents.refusals import Reason, Refused
from portal.documents.sizes import check_pixels

JPEG_START, JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_SCAN, _END, _COMMENT, _ADOBE = 0xDA, 0xD9, 0xFE, 0xEE
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class Segment(NamedTuple):
    """From `start` (its marker) to `end`; a scan's reaches to the next marker."""

    marker: int
    start: int
    end: int


def segments(data: bytes) -> Iterator[Segment]:
    """All segments after the start mark, to the end mark. Raises `Refused` when there is none, and
    when there are more scans than a picture has, each of which costs a whole decoding."""
    at, scans = 2, 0
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            raise Refused(Reason.TRUNCATED, "the JPEG's segments are broken")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        alone = marker in (_END, 0x01) or 0xD0 <= marker <= 0xD7
        end = at + 2 + (0 if alone else max(int.from_bytes(data[at + 2 : at + 4]), 2))
        if marker == _SCAN:
            scans += 1
            found = _NEXT_MARKER.search(data, end)
            end = found.start() if found else len(data)
        if scans > MAX_SCANS:
            raise Refused(Reason.BOMB, "a JPEG with too many scans")
        yield Segment(marker, at, end)
        if marker == _END:
            return
        at = end
    raise Refused(Reason.TRUNCATED, "the JPEG has no end mark")


def jpeg_end(data: bytes) -> int:
    """The offset just past the picture's end mark. Raises `Refused` when the file ends before."""
    return max(segment.end for segment in segments(data))


def bare_jpeg(data: bytes) -> bytes:
    """The JPEG without comments and application data (Exif, XMP, profiles, thumbnails); Adobe's
    marker stays, because it says how the colours are stored. Checks the size in the picture."""
    if not data.startswith(JPEG_START):
        raise Refused(Reason.UNREADABLE, "a picture that is not the JPEG it claims to be")
    kept, scans = [data[:2]], 0
    try:
        for marker, start, end in segments(data):
            kept.append(_kept(data, marker, start, end))
            scans += marker == _SCAN
    except Refused as refused:
        # Writers of PDF often leave out the end mark.
        if refused.reason is not Reason.TRUNCATED or not scans:
            raise
        kept.append(JPEG_END)
    if not scans:
        raise Refused(Reason.UNREADABLE, "a JPEG without a picture")
    return b"".join(kept)


def _kept(data: bytes, marker: int, start: int, end: int) -> bytes:
    if marker in _FRAMES:
        high, wide = data[start + 5 : start + 7], data[start + 7 : start + 9]
        check_pixels(int.from_bytes(wide), int.from_bytes(high))
    if marker == _ADOBE and data[start + 4 : start + 9] == b"Adobe":
        return b"\xff\xee\x00\x0e" + data[start + 4 : start + 16].ljust(12, b"\0")
    return b"" if 0xE0 <= marker <= 0xEF or marker == _COMMENT else data[start:end]
