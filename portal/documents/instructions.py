"""The instructions with which a page, a form, a pattern or a glyph is drawn, piece by piece.

Promise: they are read once, from the front, in time that grows with their length alone. What comes
out has no comment, no property list and no picture with more than a picture needs.
"""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from portal.documents.inline import NAME, names_of_picture, whole_picture
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
    """`kind` is words (numbers and operators), name, string, mark or picture."""

    kind: str
    raw: bytes


def pieces(data: bytes) -> Iterator[Piece]:
    """All that draws, in order, with comments left out and property lists emptied."""
    at, depth = 0, 0
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
        elif depth or kind == "comment":
            continue
        elif kind == "words" and (picture := _PICTURE.search(raw)):
            if raw[picture.end() :].strip(b"\0\t\n\f\r "):
                raise Refused(Reason.UNREADABLE, "a picture in the instructions without a description")
            yield Piece("words", raw[: picture.start()].replace(b"\0", b" "))
            raw, at = whole_picture(data, at)
            yield Piece("picture", raw)
        else:
            yield Piece(kind, raw.replace(b"\0", b" ") if kind == "words" else raw)


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
    for kind, raw in pieces(data):
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
