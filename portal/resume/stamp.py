"""The strip at the foot of every downloaded page: who took it, when, for what, under which number.

Promise: every page of every download carries it, over white, below everything the page shows, and
the strip itself names no candidate.
"""

import hashlib
import io
import json
import re
from dataclasses import asdict, astuple, dataclass
from datetime import datetime, timedelta, timezone

from pikepdf import Dictionary, Name, ObjectStreamMode, Pdf

from portal.candidates.items import Purpose
from portal.resume.request import FormLanguage
from portal.resume.text import short

JAPAN_TIME = timezone(timedelta(hours=9), "JST")
_RECEIPT = re.compile(r"[A-Za-z0-9._:/-]{1,44}", re.ASCII)

# Where the time and number stand, in points from the page's lower left corner; the template
# keeps this place free. The font is one of the fourteen that every reader has.
_VARIABLE_LEFT, _VARIABLE_BASE, _VARIABLE_SIZE = 102, 7.2, 6.5
_PLAIN_FONT = {"/Type": Name.Font, "/Subtype": Name.Type1, "/BaseFont": Name.Helvetica}


@dataclass(frozen=True, slots=True)
class Stamp:
    """`at` must carry a time zone; it is shown in Japan's. `receipt` is the receipt's number:
    letters, digits and ._:/- , at most 44. ValueError otherwise."""

    company: str
    recruiter: str
    at: datetime
    purpose: Purpose
    receipt: str
    language: FormLanguage

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
    at = stamp.at.astimezone(JAPAN_TIME).strftime("%Y-%m-%d %H:%M:%S JST")
    return f"{_VARIABLE_LEFT} {_VARIABLE_BASE} Td ({at}  /  {stamp.receipt}) Tj"


def apply_stamp(pdf: bytes, fixed: bytes, stamp: Stamp) -> bytes:
    """The PDF with the stamp on every page; `fixed` is its strip, set. Runs in a worker."""
    with Pdf.open(io.BytesIO(pdf)) as document, Pdf.open(io.BytesIO(fixed)) as strip:
        drawn = document.copy_foreign(strip.pages[0].as_form_xobject())
        plain = document.make_indirect(Dictionary(_PLAIN_FONT))
        for page in document.pages:
            left, bottom = (float(edge) for edge in list(page.mediabox)[:2])
            # Fixed names: pages that share their resources then share these too.
            page.add_resource(drawn, Name.XObject, Name.StampStrip, replace_existing=True)
            page.add_resource(plain, Name.Font, Name.StampFont, replace_existing=True)
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(
                f"\nQ q 1 0 0 1 {left:.2f} {bottom:.2f} cm /StampStrip Do BT 0.2 g"
                f" /StampFont {_VARIABLE_SIZE} Tf {_variable(stamp)} ET Q".encode()
            )
        made = io.BytesIO()
        document.save(made, object_stream_mode=ObjectStreamMode.generate)
        return made.getvalue()
