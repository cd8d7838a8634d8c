"""Pictures that stand inside the instructions themselves: BI, their description, ID, their data, EI.

Promise: a description has the keys of a picture and no other, and the picture is within the limit.
"""

import re

from pikepdf import Array, Dictionary, Name, Object

from portal.documents.jpegs import bare_jpeg
from portal.documents.limits import MAX_DESCRIPTION_BYTES
from portal.documents.names import bare, entries, entry, name_of
from portal.documents.refusals import Reason, Refused
from portal.documents.sizes import check_pixels

NAME = rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*"
_START = re.compile(rb"(?<=[\0\t\n\f\r \])>])ID[\0\t\n\f\r ]")
_END = re.compile(rb"[\0\t\n\f\r ]EI(?![^\0\t\n\f\r /<\[(%])")
# What follows a true end are instructions; in the picture's own data it is nearly always something else.
_PLAIN = re.compile(rb"[\0\t\n\f\r -~]{0,8}")
_KEYS = {
    *("BPC", "CS", "D", "DP", "F", "H", "IM", "I", "W", "BitsPerComponent", "ColorSpace", "Decode"),
    *("DecodeParms", "Filter", "Height", "ImageMask", "Intent", "Interpolate", "Width"),
}


def whole_picture(data: bytes, at: int) -> tuple[bytes, int]:
    """The picture whose BI ends at `at`, written anew, and the offset just past its EI."""
    start = _START.search(data, at, at + MAX_DESCRIPTION_BYTES)
    if start is None:
        raise Refused(Reason.UNREADABLE, "a picture in the instructions without data")
    described = _description(data[at : start.start()])
    body, after = _data(data, start.end())
    codings = _codings(described)
    if codings in (["DCT"], ["DCTDecode"]):
        body = bare_jpeg(body)
    elif codings and codings[-1] in ("DCT", "DCTDecode", "JPXDecode", "JBIG2Decode"):
        raise Refused(Reason.UNREADABLE, "a picture in an unusual coding")
    header = described.unparse().removeprefix(b"<<").removesuffix(b">>")
    return header + b"ID " + body + b"\nEI", after


def names_of_picture(raw: bytes) -> list[bytes]:
    """The names in the description of a picture that `whole_picture` wrote."""
    return re.findall(NAME, raw[: raw.index(b" ID ")])


def _data(data: bytes, start: int) -> tuple[bytes, int]:
    # The blank after ID may be the one before EI.
    for end in _END.finditer(data, start - 1):
        after = _PLAIN.match(data, end.end())
        if after and after.end() == min(end.end() + 8, len(data)):
            return data[start : end.start()], end.end()
    raise Refused(Reason.UNREADABLE, "a picture in the instructions without an end")


def _description(written: bytes) -> Dictionary:
    made = Dictionary()
    for word, value in entries(Object.parse(b"<<" + written + b">>")):
        if word in _KEYS:
            made[name_of(word)] = _numbers(value) if isinstance(value, Dictionary) else value
    wide, high = (_either(made, short, long) for short, long in (("W", "Width"), ("H", "Height")))
    if isinstance(wide, int) and isinstance(high, int):
        check_pixels(wide, high)
    return made


def _either(described: Dictionary, short: str, long: str) -> object:
    value = entry(described, short)
    return entry(described, long) if value is None else value


def _numbers(given: Dictionary) -> Dictionary:
    return Dictionary({f"/{word}": value for word, value in entries(given) if isinstance(value, (bool, int))})


def _codings(described: Dictionary) -> list[str]:
    given = _either(described, "F", "Filter")
    return [bare(name) for name in (list(given) if isinstance(given, Array) else [given]) if isinstance(name, Name)]
