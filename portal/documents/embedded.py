"""Pictures inside a PDF that keep their own coding: JPEG, JPEG 2000, fax and JBIG2.

Promise: they come over without metadata, and at the size they declare, which is within the limit.
"""

import zlib

from pikepdf import Array, Dictionary, Name, Object, Stream

from portal.documents.fax import bare_jbig2, check_ccitt
from portal.documents.jpegs import bare_jpeg
from portal.documents.limits import MAX_STREAM_BYTES
from portal.documents.names import bare, entry, name_of
from portal.documents.pictures import jpeg2000_as_jpeg
from portal.documents.refusals import Reason, Refused
from portal.documents.sizes import COLOUR

_CODINGS = {"DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode"}
_ABBREVIATED = {"DCT": "DCTDecode", "CCF": "CCITTFaxDecode", "Fl": "FlateDecode"}
_PARAMETERS = (
    *("ColorTransform", "K", "Columns", "Rows", "EndOfLine", "EncodedByteAlign", "EndOfBlock"),
    *("BlackIs1", "DamagedRowsBeforeError"),
)


def whole(value: object) -> int:
    """A number as int; 0 for anything else."""
    return int(value) if isinstance(value, int) else 0


def bits_of(image: Stream) -> int:
    """What a pixel of plain samples, or of a fax, takes: known of masks and greys, else counted as colour."""
    if final_coding(image) in ("DCTDecode", "JPXDecode"):
        return COLOUR
    if bool(image.get(Name.ImageMask)):
        return 1
    grey = image.get(Name.ColorSpace) in (Name.DeviceGray, Name.G)
    depth = whole(image.get(Name.BitsPerComponent))
    return depth if grey and depth in (1, 2, 4, 8) else COLOUR


def _codings(stream: Stream) -> list[str]:
    given = stream.get(Name.Filter)
    names = list(given) if isinstance(given, Array) else [given]
    words = [bare(name) for name in names if isinstance(name, Name)]
    return [_ABBREVIATED.get(word, word) for word in words]


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


def _parameters(stream: Stream) -> Dictionary | None:
    given = stream.get(Name.DecodeParms)
    listed: list[Object | None] = [*given] if isinstance(given, Array) else [given]
    last = listed[-1] if listed else None
    return last if isinstance(last, Dictionary) else None


def shared_segments(stream: Stream) -> Object | None:
    """The stream in which a JBIG2 picture keeps what several pictures share."""
    shared = entry(_parameters(stream), "JBIG2Globals")
    return shared if isinstance(shared, Stream) else None


def write_coded(made: Object, source: Stream, coding: str, coded: bytes, shared: Object | None) -> None:
    """Puts a coded picture into the new stream `made`, whose dictionary is already copied. `shared` are
    its `shared_segments`, copied as well."""
    given, height = _parameters(source), whole(source.get(Name.Height))
    kept = Dictionary()
    for word in _PARAMETERS:
        value: object = entry(given, word)
        if isinstance(value, (bool, int)):
            kept[name_of(word)] = value
    match coding:
        case "JPXDecode":
            _write_jpeg2000(made, coded)
            return
        case "DCTDecode":
            coded = bare_jpeg(coded)
        case "JBIG2Decode":
            coded = bare_jbig2(coded, height)
        case "CCITTFaxDecode":
            check_ccitt(given, height)
    if shared is not None:
        kept[Name.JBIG2Globals] = shared
    made.write(coded, filter=name_of(coding), decode_parms=kept if len(kept) else None)


def _write_jpeg2000(made: Object, coded: bytes) -> None:
    jpeg, grey, (wide, high) = jpeg2000_as_jpeg(coded)
    for name in (Name.Decode, Name.SMaskInData, Name.Mask):
        if name in made:
            del made[name]
    made[Name.Width], made[Name.Height], made[Name.BitsPerComponent] = wide, high, 8
    made[Name.ColorSpace] = Name.DeviceGray if grey else Name.DeviceRGB
    made.write(jpeg, filter=Name.DCTDecode)
