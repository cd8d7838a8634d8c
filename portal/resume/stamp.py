"""The strip at the foot of every downloaded page: who took it, when, for what, under which number.

Promise: every page of every download carries it, over white, below everything the page shows, and
the strip itself names no candidate. The square at its right end is the number's address as a QR code.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, astuple, dataclass
from datetime import datetime
from itertools import groupby

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from portal.candidates.items import Purpose
from portal.disclosure.receipts.attached import NAME, Place
from portal.documents.qr import modules
from portal.language.zone import to_the_second
from portal.resume.request import FormLanguage
from portal.resume.text import short

_RECEIPT = re.compile(r"[A-Za-z0-9._:/-]{1,44}", re.ASCII)

# Where the time and number stand, in points from the page's lower left corner; the template
# keeps this place free. The font is one of the fourteen that every reader has.
_QR_RIGHT, _QR_BASE, _QR_SIDE = 572, 1.6, 22.4  # its right edge, in a page of A4, with white around it
_VARIABLE_LEFT, _VARIABLE_BASE, _VARIABLE_SIZE = 102, 7.2, 6.5
_PLAIN_FONT = {"/Type": Name.Font, "/Subtype": Name.Type1, "/BaseFont": Name.Helvetica}


@dataclass(frozen=True, slots=True)
class Stamp:
    """`at` must carry a time zone; it is shown in Japan's. `receipt` is the receipt's number:
    letters, digits and ._:/- , at most 44. ValueError otherwise. `address` is where more is said of it."""

    company: str
    recruiter: str
    at: datetime
    purpose: Purpose
    receipt: str
    language: FormLanguage
    address: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("a stamp's time needs a time zone")
        if not _RECEIPT.fullmatch(self.receipt):
            raise ValueError("a receipt number is 1 to 44 letters, digits or ._:/-")


@dataclass(frozen=True, slots=True)
class Strip:
    """What of a stamp is the same for every download of one recruiter: all but its time and number.

    Setting type is most of a stamp's cost, so it is set once and kept (`portal.resume.make`)."""

    company: str
    recruiter: str
    purpose: str
    language: FormLanguage

    def digest(self) -> str:
        """SHA-256 over what stands on it, in hex."""
        return hashlib.sha256(json.dumps(["strip", *astuple(self)], ensure_ascii=True).encode()).hexdigest()


def strip_of(stamp: Stamp) -> Strip:
    """The strip that a stamp needs."""
    return Strip(short(stamp.company), short(stamp.recruiter), stamp.purpose.name.lower(), stamp.language)


def set_strip(strip: Strip) -> bytes:
    """The strip as PDF. Runs in a worker."""
    from portal.documents.typesetting import pdf_of  # in the worker alone, as in `make`

    return pdf_of("pdf/stamp.html", "stamp.css", asdict(strip), {})


def _variable(stamp: Stamp) -> str:
    at = to_the_second(stamp.at)
    return f"{_VARIABLE_LEFT} {_VARIABLE_BASE} Td ({at}  /  {stamp.receipt}) Tj"


def _code(stamp: Stamp) -> bytes:
    """The number's address, or the number alone where that is too long, as dark squares, a row of them in one piece."""
    dark = modules(stamp.address) or modules(stamp.receipt)
    if dark is None:
        return b""
    side = _QR_SIDE / len(dark)
    runs = [
        f"{start} {len(dark) - row - 1} {end - start} 1 re"
        for row, line in enumerate(dark)
        for start, end in _runs(line)
    ]
    placed = f"{side:.4f} 0 0 {side:.4f} {_QR_RIGHT - _QR_SIDE:.2f} {_QR_BASE} cm"
    return f"q {placed} 0 g {' '.join(runs)} f Q".encode()


def _runs(line: list[bool]) -> Iterator[tuple[int, int]]:
    """Where dark squares that touch begin and end."""
    at = 0
    for dark, group in groupby(line):
        length = len(list(group))
        if dark:
            yield at, at + length
        at += length


def apply_stamp(pdf: bytes, fixed: bytes, stamp: Stamp) -> bytes:
    """The PDF with the stamp on every page, and an attachment that is still empty; `fixed` is its strip, set.

    Runs in a worker.
    """
    with Pdf.open(io.BytesIO(pdf)) as document, Pdf.open(io.BytesIO(fixed)) as strip:
        drawn = document.copy_foreign(strip.pages[0].as_form_xobject())
        plain = document.make_indirect(Dictionary(_PLAIN_FONT))
        code = document.make_stream(
            _code(stamp), {"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": [0, 0, 595, 26]}
        )
        for page in document.pages:
            left, bottom = (float(edge) for edge in list(page.mediabox)[:2])
            # Fixed names: pages that share their resources then share these too.
            page.add_resource(drawn, Name.XObject, Name.StampStrip, replace_existing=True)
            page.add_resource(code, Name.XObject, Name.StampCode, replace_existing=True)
            page.add_resource(plain, Name.Font, Name.StampFont, replace_existing=True)
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(
                f"\nQ q 1 0 0 1 {left:.2f} {bottom:.2f} cm /StampStrip Do /StampCode Do BT 0.2 g"
                f" /StampFont {_VARIABLE_SIZE} Tf {_variable(stamp)} ET Q".encode()
            )
        _make_room(document)
        made = io.BytesIO()
        document.save(made, object_stream_mode=ObjectStreamMode.generate)
        return made.getvalue()


def stamped_with_room(pdf: bytes, fixed: bytes, stamp: Stamp) -> tuple[bytes, tuple[int, ...]]:
    """The stamped PDF, and the numbers of the `Place` in it for its receipt. Runs in a worker."""
    made = apply_stamp(pdf, fixed, stamp)
    return made, astuple(place_in(made))


def place_in(made: bytes) -> Place:
    """Where in a stamped PDF its receipt goes."""
    with Pdf.open(io.BytesIO(made)) as document:
        empty = document.Root.Names.EmbeddedFiles.Names[1].EF.F
        root, info, size = document.Root, document.trailer.Info, int(document.trailer.Size)
        receipt, root_number, info_number = (thing.objgen[0] for thing in (empty, root, info))
    return Place(receipt, root_number, info_number, size, int(made.rpartition(b"startxref")[2].split()[0]))


def _make_room(document: Pdf) -> None:
    """Attach an empty file, whose content the receipt becomes (`portal.disclosure.receipts.attached`)."""
    empty = document.make_stream(b"", {"/Type": Name.EmbeddedFile, "/Subtype": Name("/application/jose")})
    file = document.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(NAME),
            UF=String(NAME),
            EF=Dictionary(F=empty, UF=empty),
            AFRelationship=Name.Data,
        )
    )
    document.Root.Names = document.Root.get("/Names", Dictionary())
    document.Root.Names.EmbeddedFiles = Dictionary(Names=Array([String(NAME), file]))
    document.Root.AF = Array([file])
    if "/Info" not in document.trailer:
        document.trailer.Info = document.make_indirect(Dictionary())
