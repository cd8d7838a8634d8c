"""Pictures inside a PDF that keep their own coding: JPEG, JPEG 2000, fax and JBIG2.

Promise: they come over without metadata, and at the size they declare, which is within the limit.
"""

import zlib

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from portal.documents.limits import MAX_STREAM_BYTES
from portal.documents.pictures import check_pixels, jpeg2000_as_jpeg
from portal.documents.refusals import Reason, Refused
from portal.documents.sniffing import JPEG_START, jpeg_end

_CODINGS = {"DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"}
_ABBREVIATED = {"DCT": "DCTDecode", "CCF": "CCITTFaxDecode", "Fl": "FlateDecode"}
_PARAMETERS = (
    *("ColorTransform", "K", "Columns", "Rows", "EndOfLine", "EncodedByteAlign", "EndOfBlock"),
    *("BlackIs1", "DamagedRowsBeforeError"),
)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def whole(value: object) -> int:
    """A number as int; 0 for anything else."""
    return int(value) if isinstance(value, int) else 0


def _codings(stream: Stream) -> list[str]:
    given = stream.get(Name.Filter)
    names = list(given) if isinstance(given, Array) else [given] if given is not None else []
    bare = [str(name).removeprefix("/") for name in names]
    return [_ABBREVIATED.get(name, name) for name in bare]


def final_coding(stream: Stream) -> str | None:
    """The picture's own coding; None when it is plain samples, compressed or not."""
    codings = _codings(stream)
    if codings and codings[-1] in _CODINGS:
        return codings[-1]
    return None


def still_coded(stream: Stream, coding: str) -> bytes:
    """The picture in its own coding, after undoing a compression around it."""
    raw = stream.read_raw_bytes()
    match _codings(stream):
        case [only] if only == coding:
            return raw
        case ["FlateDecode", last] if last == coding:
            unfolding = zlib.decompressobj()
            coded = unfolding.decompress(raw, MAX_STREAM_BYTES)
            if unfolding.unconsumed_tail:
                raise Refused(Reason.BOMB, "a picture that unfolds too far")
            return coded
        case _:
            raise Refused(Reason.UNREADABLE, "a picture in an unusual coding")


def bare_jpeg(data: bytes) -> bytes:
    """The JPEG without comments and application data (Exif, XMP, profiles, thumbnails); Adobe's
    marker stays, because it says how the colours are stored. Checks the size in the picture."""
    if not data.startswith(JPEG_START):
        raise Refused(Reason.UNREADABLE, "a picture that is not the JPEG it claims to be")
    kept, at, framed = [data[:2]], 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD7:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in (0xDA, 0xD9):
            break
        size = 2 + max(int.from_bytes(data[at + 2 : at + 4]), 2)
        if marker in _FRAMES:
            framed = True
            high, wide = data[at + 5 : at + 7], data[at + 7 : at + 9]
            check_pixels(int.from_bytes(wide), int.from_bytes(high))
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker == 0xEE:
            kept.append(data[at : at + size])
        at += size
    if not framed:
        raise Refused(Reason.UNREADABLE, "a JPEG without a frame")
    try:
        end = jpeg_end(data)
    except Refused:
        end = len(data)  # writers of PDF often leave out the end mark
    kept.append(data[at:end])
    return b"".join(kept)


def _parameters(stream: Stream) -> Dictionary | None:
    given = stream.get(Name.DecodeParms)
    listed: list[Object | None] = [*given] if isinstance(given, Array) else [given]
    last = listed[-1] if listed else None
    return last if isinstance(last, Dictionary) else None


def write_coded(made_in: Pdf, made: Object, source: Stream, coding: str, coded: bytes) -> None:
    """Puts a coded picture into the new stream `made`, whose dictionary is already copied."""
    if coding == "JPXDecode":
        _write_jpeg2000(made, coded)
        return
    given, kept = _parameters(source), Dictionary()
    for name in _PARAMETERS:
        value: object = given.get(Name(f"/{name}")) if given is not None else None
        if isinstance(value, (bool, int)):
            kept[Name(f"/{name}")] = value
    if coding == "JBIG2Decode" and given is not None:
        shared = given.get(Name.JBIG2Globals)
        if isinstance(shared, Stream):
            kept[Name.JBIG2Globals] = made_in.make_stream(shared.read_bytes())
    data = bare_jpeg(coded) if coding == "DCTDecode" else coded
    made.write(data, filter=Name(f"/{coding}"), decode_parms=kept if len(kept) else None)


def _write_jpeg2000(made: Object, coded: bytes) -> None:
    jpeg, grey, (wide, high) = jpeg2000_as_jpeg(coded)
    for name in (Name.Decode, Name.SMaskInData, Name.Mask):
        if name in made:
            del made[name]
    made[Name.Width], made[Name.Height], made[Name.BitsPerComponent] = wide, high, 8
    made[Name.ColorSpace] = Name.DeviceGray if grey else Name.DeviceRGB
    made.write(jpeg, filter=Name.DCTDecode)
