"""Carries what a page draws from one PDF into another, key by key from a list of what may come.

Promise: a key that is not listed here does not come over. Streams are decoded and written anew, so
a stream cannot point to a file, carry a stranger's filter, or unfold beyond the limits.
"""

from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream, String

from portal.documents.drawing import Drawings
from portal.documents.embedded import final_coding, still_coded, whole, write_coded
from portal.documents.limits import (
    MAX_CONTENT_BYTES,
    MAX_DEPTH,
    MAX_OBJECTS,
    MAX_STREAM_BYTES,
    MAX_TOTAL_BYTES,
)
from portal.documents.pictures import check_pixels
from portal.documents.reading import refusal_of
from portal.documents.refusals import Reason, Refused

Value = Object | bool | int | float | Decimal | None

# Dictionaries whose keys are names that the page's instructions use.
_RESOURCES = ("Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading")
_NAMED = {"CharProcs", "Colorants"}
_RESERVED = {"JS", "JavaScript", "OpenAction", "AA", "Launch", "EmbeddedFile", "AcroForm", "XFA"}
_RESERVED |= {"RichMedia", "Metadata", "EmbeddedFiles", "URI", "Names", "AF"}

# Of forms, images and groups; of fonts; of graphics state, patterns, shadings, functions, colours.
_LISTED = """
    Type Subtype FormType BBox Matrix Resources Group S CS I K Width Height ColorSpace
    BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte
    BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts
    CIDSystemInfo Registry Ordering Supplement DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix
    CharProcs Name FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent Descent
    Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2
    FontFile3 CharSet Style CIDSet Length1 Length2 Length3 CMapName WMode UseCMap BaseEncoding
    Differences
    LW LC LJ ML D RI OP op OPM Font BG BG2 UCR UCR2 TR TR2 HT FL SM SA BM CA ca AIS TK G BC
    PatternType PaintType TilingType XStep YStep Shading ExtGState ShadingType Background
    AntiAlias Domain Function Coords Extend BitsPerCoordinate BitsPerFlag VerticesPerRow
    FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds Alternate
    Colorants Process Components MixingHints Solidities DotGain
"""
_KEYS = frozenset(_LISTED.split())


def bare(name: object) -> str:
    """A PDF name without its slash."""
    return str(name).removeprefix("/")


class Transplant:
    """Copies into one new document; what several pages share is copied once."""

    def __init__(self, made: Pdf) -> None:
        self._made = made
        self._copied: dict[tuple[int, int], Object] = {}
        self._drawings = Drawings()
        self._bytes = 0
        self._objects = 0

    def page_drawing(self, page: Page) -> Object:
        """The page's instructions as a form of the new document; its box is the caller's to set."""
        instructions = self._instructions(page)
        form = self._made.make_stream(instructions)
        form[Name.Type], form[Name.Subtype] = Name.XObject, Name.Form
        form[Name.Resources] = self._resources(page.resources, 0)
        group = page.get(Name.Group)
        if isinstance(group, Dictionary):
            form[Name.Group] = self._copy(group, 0)
        self._drawings.check(form)
        return form

    def _instructions(self, page: Page) -> bytes:
        contents = page.get(Name.Contents)
        if contents is None:
            return b""
        streams = list(contents) if isinstance(contents, Array) else [contents]
        if len(streams) > MAX_OBJECTS:
            raise Refused(Reason.BOMB, "a page in too many pieces")
        parts: list[bytes] = []
        for stream in streams:
            parts.append(self._decoded(stream, MAX_CONTENT_BYTES))
            if sum(map(len, parts)) > MAX_CONTENT_BYTES:
                raise Refused(Reason.BOMB, "a page with too many instructions")
        return b"\n".join(parts)

    def _decoded(self, stream: Object, limit: int) -> bytes:
        try:
            data = stream.read_bytes()
        except PdfError as error:
            raise refusal_of(error, Reason.UNREADABLE, "a stream cannot be decoded") from None
        self._count(len(data), limit)
        return data

    def _count(self, size: int, limit: int) -> None:
        self._bytes += size
        if size > limit or self._bytes > MAX_TOTAL_BYTES:
            raise Refused(Reason.BOMB, "streams that unfold too far")

    def _resources(self, given: object, depth: int) -> Dictionary:
        made = Dictionary()
        if isinstance(given, Dictionary):
            for category in _RESOURCES:
                entries = given.get(Name(f"/{category}"))
                if isinstance(entries, Dictionary):
                    if category == "XObject":
                        entries = Dictionary({k: v for k, v in entries.items() if _drawable(v)})
                    made[Name(f"/{category}")] = self._named(entries, depth + 1)
        return made

    def _named(self, given: Dictionary, depth: int) -> Dictionary:
        made = Dictionary()
        for name, value in given.items():
            if bare(name) not in _RESERVED:
                copy = self._copy(value, depth + 1)
                if copy is not None:
                    made[Name(name)] = copy
        return made

    def _copy(self, value: object, depth: int) -> Value:
        self._objects += 1
        if depth > MAX_DEPTH or self._objects > MAX_OBJECTS * 4:
            raise Refused(Reason.BOMB, "objects too deep or too many")
        if isinstance(value, (Array, Dictionary, Stream)):
            return self._container(value, depth)
        if isinstance(value, Name):
            return Name(str(value))
        if isinstance(value, String):
            return String(bytes(value))
        return value if isinstance(value, (bool, int, float, Decimal)) else None

    def _container(self, value: Object, depth: int) -> Object:
        known = self._copied.get(value.objgen) if value.is_indirect else None
        if known is not None:
            return known
        made = self._empty_like(value)
        if value.is_indirect:
            # Known before it is filled, so that what refers back to itself ends here.
            made = self._made.make_indirect(made)
            self._copied[value.objgen] = made
        if isinstance(value, Array):
            for item in list(value):
                made.append(self._copy(item, depth + 1))
        else:
            self._fill(made, value, depth)
        return made

    def _empty_like(self, value: Object) -> Object:
        if isinstance(value, Array):
            return Array()
        return self._made.make_stream(b"") if isinstance(value, Stream) else Dictionary()

    def _fill(self, made: Object, value: Object, depth: int) -> None:
        for key, item in value.items():
            name = bare(key)
            if name not in _KEYS:
                continue
            if name == "Resources":
                copy: Value = self._resources(item, depth + 1)
            elif name in _NAMED and isinstance(item, Dictionary):
                copy = self._named(item, depth + 1)
            else:
                copy = self._copy(item, depth + 1)
            if copy is not None:
                made[Name(key)] = copy
        if isinstance(value, Stream):
            self._fill_stream(made, value)

    def _fill_stream(self, made: Object, value: Stream) -> None:
        if value.get(Name.Subtype) != Name.Image:
            instructions = value.get(Name.Subtype) == Name.Form
            limit = MAX_CONTENT_BYTES if instructions else MAX_STREAM_BYTES
            made.write(self._decoded(value, limit))
            return
        check_pixels(whole(value.get(Name.Width)), whole(value.get(Name.Height)))
        coding = final_coding(value)
        if coding is None:
            made.write(self._decoded(value, MAX_STREAM_BYTES))
            return
        coded = still_coded(value, coding)
        self._count(len(coded), MAX_STREAM_BYTES)
        write_coded(self._made, made, value, coding, coded)


def _drawable(value: object) -> bool:
    """An external object that is a form or a picture; PostScript, and anything else, is not."""
    return isinstance(value, Stream) and value.get(Name.Subtype) in (Name.Form, Name.Image)
