"""The instructions with which a page, a form, a pattern or a glyph is drawn, piece by piece.

Promise: they are read once, from the front, in time that grows with their length alone. What comes
out has no comment, no property but the text that drawn letters stand for, and no picture with more
than a picture needs.
"""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.documents.inline import NAME, names_of_picture, whole_picture
from portal.documents.limits import MAX_PIECES
from portal.documents.refusals import Reason, Refused

_PIECE = re.compile(
    rb"(?P<words>[^()<>\[\]{}/%]+)"
    rb"|(?P<name>" + NAME + rb")"
    rb"|(?P<comment>%[^\r\n]*)"
    rb"|(?P<open><<)|(?P<close>>>)"
    rb"|(?P<string><[^>]*>?)"
    rb"|(?P<text>\()"
    rb"|(?P<mark>.)",
    re.DOTALL,
)
_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
_PICTURE = re.compile(rb"(?<![^\0\t\n\f\r ])BI(?![^\0\t\n\f\r ])")
_DRAW = re.compile(rb"[\t\n\f\r ]*Do(?![^\t\n\f\r ])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


class Piece(NamedTuple):
    """`kind` is words (numbers and operators), name, string, mark or picture, whose BI is the last of
    the words before it."""

    kind: str
    raw: bytes


def pieces(data: bytes) -> Iterator[Piece]:
    """All that draws, in order, without comments. Of a property list, ActualText alone is left: where
    letters join, as in Burmese, nothing else says what they are."""
    at, depth, text_follows = 0, 0, False
    while found := _PIECE.match(data, at):
        kind, raw = str(found.lastgroup), found[0]
        at = found.end()
        if kind == "text":
            start, at = found.start(), _past_text(data, at)
            kind, raw = "string", data[start:at]
        if kind in ("open", "close"):
            depth = max(depth + (1 if kind == "open" else -1), 0)
            if depth == (kind == "open"):
                yield Piece("mark", raw)
        elif depth:
            if text_follows and kind == "string":
                yield Piece("mark", b"/ActualText " + raw)
            text_follows = depth == 1 and (raw == b"/ActualText" or (text_follows and not raw.strip()))
        elif kind == "words":
            yield Piece(kind, raw.replace(b"\0", b" "))
            if _begins_picture(raw):
                picture, at = whole_picture(data, at)
                yield Piece("picture", picture)
        elif kind != "comment":
            yield Piece(kind, raw)


def _begins_picture(words: bytes) -> bool:
    found = _PICTURE.search(words)
    if found and words[found.end() :].strip(b"\0\t\n\f\r "):
        raise Refused(Reason.UNREADABLE, "a picture in the instructions without a description")
    return found is not None


def _past_text(data: bytes, at: int) -> int:
    depth = 1
    for found in _TEXT.finditer(data, at):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return len(data)


def name_in(raw: bytes) -> str:
    """A name of the instructions, without slash and escapes, as `names.bare` has it."""
    plain = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), raw[1:])
    return plain.decode("utf-8", "surrogateescape")


class Instructions(NamedTuple):
    """`data` written anew, the names it mentions, and those of them that it draws with Do."""

    data: bytes
    named: frozenset[str]
    drawn: frozenset[str]


def read(data: bytes) -> Instructions:
    """The instructions as they may come over. Raises `Refused` for a picture that may not."""
    written = io.BytesIO()
    named: set[bytes] = set()
    drawn: set[bytes] = set()
    last = b""
    for count, (kind, raw) in enumerate(pieces(data)):
        if count > MAX_PIECES:
            raise Refused(Reason.BOMB, "too many instructions")
        written.write(raw + b" ")
        if kind == "words" and last and _DRAW.match(raw):
            drawn.add(last)
        if kind == "picture":
            named.update(names_of_picture(raw))
        if kind == "name":
            last = raw
            named.add(raw)
        elif raw.strip():
            last = b""
    return Instructions(written.getvalue(), frozenset(map(name_in, named)), frozenset(map(name_in, drawn)))
