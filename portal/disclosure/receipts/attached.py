"""A receipt inside the very file it is for: the stamped PDF as it was made, and behind it one incremental update.

Promise: the bytes before the update are those whose hash the receipt holds, and each byte of the update follows from
them and from the receipt. So no byte of the file can be another without being seen.
"""

import re
from dataclasses import astuple, dataclass

NAME = "shokai-receipt.jws"  # what the attachment is called
_STREAM = """\
{receipt} 0 obj
<< /Type /EmbeddedFile /Subtype /application#2Fjose /Length {length} >>
stream
{signed}
endstream
endobj
"""
_TABLE = """\
{size} 0 obj
<< /Type /XRef /Size {next} /Index [ {receipt} 1 {size} 1 ] /W [ 1 4 2 ] /Root {root} 0 R /Info {info} 0 R /Prev {prev}\
 /Filter /ASCIIHexDecode /Length 29 >>
stream
01{at:08X}000001{table:08X}0000>
endstream
endobj
startxref
{table}
%%EOF
"""
_WRITTEN = re.compile(
    rb"(?P<receipt>\d{1,9}) 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fjose /Length \d{1,5} >>\nstream\n"
    rb"(?P<signed>[A-Za-z0-9_-]{1,8000}\.[A-Za-z0-9_-]{1,8000}\.[A-Za-z0-9_-]{1,200})\nendstream\nendobj\n"
    rb"(?P<size>\d{1,9}) 0 obj\n<< /Type /XRef [^\n]{0,120} /Root (?P<root>\d{1,9}) 0 R /Info (?P<info>\d{1,9}) 0 R"
    rb" /Prev (?P<prev>\d{1,10}) /Filter /ASCIIHexDecode /Length 29 >>\nstream\n[0-9A-F]{28}>\nendstream\nendobj\n"
    rb"startxref\n\d{1,10}\n%%EOF\n\Z"
)
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """What of a PDF an update has to name: the numbers of its objects, and where its table of them begins.

    The objects are the empty attachment, the root and the document's facts; `size` is the first free number."""

    receipt: int
    root: int
    info: int
    size: int
    prev: int


@dataclass(frozen=True, slots=True)
class Attached:
    """A file taken apart: `before` is what the receipt is for; the receipt names `place`, too."""

    before: bytes
    place: Place
    signed: str


def attach(before: bytes, place: Place, signed: str) -> bytes:
    """The PDF with the receipt in it. `place` is its own."""
    receipt, root, info, size, prev = astuple(place)
    stream = _STREAM.format(receipt=receipt, length=len(signed), signed=signed).encode("ascii")
    at, table = len(before), len(before) + len(stream)
    numbers = {"receipt": receipt, "root": root, "info": info, "size": size, "next": size + 1, "prev": prev}
    return before + stream + _TABLE.format(**numbers, at=at, table=table).encode("ascii")


def take_apart(file: bytes) -> Attached | None:
    """The receipt at the end of a file, and what stands before it; None when the file does not end with one."""
    found = _WRITTEN.search(file, max(0, len(file) - LONGEST))
    if found is None:
        return None
    before, signed = file[: found.start()], found["signed"].decode()
    place = Place(*(int(found[name]) for name in ("receipt", "root", "info", "size", "prev")))
    return Attached(before, place, signed) if attach(before, place, signed) == file else None
