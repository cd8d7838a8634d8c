"""Copies what a page draws from one PDF into another, key by key from a list of what may come.

Promise: a key that is not listed does not come over, nor a resource that no instruction names. Streams
are decoded and written anew, so a stream cannot point to a file, have a stranger's filter, or unfold beyond the limits.
Nothing that comes over stands inside itself.
"""

from dataclasses import dataclass
from decimal import Decimal

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfError, Stream, StreamDecodeLevel, String

from portal.documents.drawing import Drawings
from portal.documents.embedded import bits_of, final_coding, shared_segments, still_coded, whole, write_coded
from portal.documents.fax import bare_jbig2
from portal.documents.instructions import Instructions, read
from portal.documents.limits import (
    MAX_CONTENT_BYTES,
    MAX_DEPTH,
    MAX_OBJECTS,
    MAX_STREAM_BYTES,
    MAX_TOTAL_BYTES,
)
from portal.documents.listed import DEFAULTS, KEYS, RESERVED, RESOURCES
from portal.documents.names import bare, entries, entry, name_of
from portal.documents.reading import refusal_of
from portal.documents.refusals import Reason, Refused
from portal.documents.sizes import check_pixels

Value = Object | bool | int | float | Decimal | None


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """Where instructions look up their names: in their own resources, then in those of what draws them."""

    own: Object | None
    outer: "Scope | None" = None

    def find(self, category: str, word: str) -> Object | None:
        """The resource of this name; a picture is one only when it can be drawn."""
        found = entry(entry(self.own, category), word)
        if found is not None:
            return found if category != "XObject" or _drawable(found) else None
        return self.outer.find(category, word) if self.outer else None


def _drawable(value: object) -> bool:
    """An external object that is a form or a picture; PostScript, and anything else, is not."""
    return isinstance(value, Stream) and value.get(Name.Subtype) in (Name.Form, Name.Image)


def _draws(value: object) -> bool:
    """Whether a stream is instructions: a form, or a pattern's cell."""
    return isinstance(value, Stream) and (value.get(Name.Subtype) == Name.Form or Name.PatternType in value)


def _own(form: Object) -> Object | None:
    """The form's own resources, if it has any."""
    resources = form.get(Name.Resources)
    return resources if isinstance(resources, Dictionary) and len(resources) else None


class Transplant:
    """Copies into one new document; what several pages share is copied once."""

    def __init__(self, made: Pdf) -> None:
        self._made = made
        self._copied: dict[tuple[tuple[int, int], Scope | None], Object] = {}
        self._open: set[tuple[tuple[int, int], Scope | None]] = set()
        self._drawings = Drawings()
        self._bytes = 0
        self._objects = 0

    def page_drawing(self, page: Page) -> Object:
        """The page's instructions as a form of the new document; its box is the caller's to set."""
        instructions, scope = read(self._instructions(page)), Scope(page.resources)
        form = self._made.make_stream(instructions.data)
        form[Name.Type], form[Name.Subtype] = Name.XObject, Name.Form
        form[Name.Resources] = self._resources([instructions], scope, 0)
        group = page.get(Name.Group)
        if isinstance(group, Dictionary):
            form[Name.Group] = self._copy(group, scope, 0)
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
        left = MAX_CONTENT_BYTES
        for stream in streams:
            parts.append(self._decoded(stream, left))
            left -= len(parts[-1])
        return b"\n".join(parts)

    def _decoded(self, stream: Object, limit: int) -> bytes:
        try:
            data = stream.read_bytes(StreamDecodeLevel.specialized)  # RunLengthDecode is among these
        except PdfError as error:
            raise refusal_of(error, Reason.UNREADABLE, "a stream cannot be decoded") from None
        self._count(len(data), limit)
        return data

    def _count(self, size: int, limit: int) -> None:
        self._bytes += size
        if size > limit or self._bytes > MAX_TOTAL_BYTES:
            raise Refused(Reason.BOMB, "streams that unfold too far")

    def _resources(self, used: list[Instructions], scope: Scope, depth: int) -> Dictionary:
        """The resources that these instructions name."""
        named = DEFAULTS.union(*(one.named for one in used)) - RESERVED
        drawn = frozenset[str]().union(*(one.drawn for one in used)) - RESERVED
        if len(named) > MAX_OBJECTS:
            raise Refused(Reason.BOMB, "too many names")
        made = Dictionary()
        for category in RESOURCES:
            words = drawn if category == "XObject" else named
            found = {word: scope.find(category, word) for word in sorted(words)}
            copies = {word: self._copy(value, scope, depth + 1) for word, value in found.items()}
            listed = Dictionary()
            for word, copy in copies.items():
                if copy is not None:
                    listed[name_of(word)] = copy
            if len(listed):
                made[name_of(category)] = listed
        return made

    def _copy(self, value: object, scope: Scope, depth: int) -> Value:
        if value is None:
            return None
        self._count_object(depth)
        if isinstance(value, (Array, Dictionary, Stream)):
            return self._container(value, scope, depth)
        if isinstance(value, Name):
            return name_of(bare(value))
        if isinstance(value, String):
            return String(bytes(value))
        return value if isinstance(value, (bool, int, float, Decimal)) else None

    def _count_object(self, depth: int) -> None:
        self._objects += 1
        if depth > MAX_DEPTH or self._objects > MAX_OBJECTS * 4:
            raise Refused(Reason.BOMB, "objects too deep or too many")

    def _container(self, value: Object, scope: Scope, depth: int) -> Object:
        # A form without resources draws with those of the page, so it is another form on another page.
        key = (value.objgen, scope if _draws(value) and _own(value) is None else None)
        if key in self._open:
            raise Refused(Reason.BOMB, "an object inside itself")
        if key in self._copied:
            return self._copied[key]
        if not value.is_indirect:
            return self._filled(self._empty_like(value), value, scope, depth)
        self._open.add(key)
        made = self._made.make_indirect(self._empty_like(value))
        self._copied[key] = self._filled(made, value, scope, depth)
        self._open.discard(key)
        return made

    def _empty_like(self, value: Object) -> Object:
        if isinstance(value, Array):
            return Array()
        return self._made.make_stream(b"") if isinstance(value, Stream) else Dictionary()

    def _filled(self, made: Object, value: Object, scope: Scope, depth: int) -> Object:
        if isinstance(value, Array):
            for item in list(value):
                made.append(self._copy(item, scope, depth + 1))
            return made
        for word, item in entries(value):
            if word in KEYS and not (word == "G" and not _draws(item)):
                listed = word == "Colorants" and isinstance(item, Dictionary)
                copy = self._named(item, scope, depth) if listed else self._copy(item, scope, depth + 1)
                if copy is not None:
                    made[name_of(word)] = copy
        if isinstance(entry(value, "CharProcs"), Dictionary):
            self._fill_glyphs(made, value, scope, depth)
        if _draws(value):
            own = _own(value)
            inner = scope if own is None else Scope(own, scope)
            instructions = read(self._decoded(value, MAX_CONTENT_BYTES))
            made.write(instructions.data)
            made[Name.Resources] = self._resources([instructions], inner, depth + 1)
        elif isinstance(value, Stream):
            self._fill_stream(made, value)
        return made

    def _named(self, given: Object, scope: Scope, depth: int) -> Dictionary:
        """A dictionary whose keys are the stranger's own words."""
        made = Dictionary()
        for word, value in entries(given):
            copy = None if word in RESERVED else self._copy(value, scope, depth + 2)
            if copy is not None:
                made[name_of(word)] = copy
        return made

    def _fill_glyphs(self, made: Object, font: Object, scope: Scope, depth: int) -> None:
        """The glyphs of a font that draws them by instructions, and what those name."""
        glyphs, used = Dictionary(), []
        for word, glyph in entries(font.CharProcs):
            if isinstance(glyph, Stream) and word not in RESERVED:
                self._count_object(depth)
                used.append(read(self._decoded(glyph, MAX_CONTENT_BYTES)))
                glyphs[name_of(word)] = self._made.make_stream(used[-1].data)
        made[Name.CharProcs] = glyphs
        made[Name.Resources] = self._resources(used, Scope(font.get(Name.Resources), scope), depth + 1)

    def _fill_stream(self, made: Object, value: Stream) -> None:
        coding = None
        if value.get(Name.Subtype) == Name.Image:
            check_pixels(whole(value.get(Name.Width)), whole(value.get(Name.Height)), bits_of(value))
            coding = final_coding(value)
        if coding is None:
            made.write(self._decoded(value, MAX_STREAM_BYTES))
            return
        coded = still_coded(value, coding)
        self._count(len(coded), MAX_STREAM_BYTES)
        shared = shared_segments(value) if coding == "JBIG2Decode" else None
        write_coded(made, value, coding, coded, None if shared is None else self._segments(shared))

    def _segments(self, shared: Object) -> Object:
        key = (shared.objgen, None)
        if key not in self._copied:
            segments = bare_jbig2(self._decoded(shared, MAX_STREAM_BYTES), 1)
            self._copied[key] = self._made.make_stream(segments)
        return self._copied[key]
