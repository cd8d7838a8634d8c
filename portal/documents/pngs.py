"""PNGs chunk by chunk, without decoding them.

Promise: what a decoder is given has the picture alone: no text, profile or animation unfolds in it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from portal.documents.limits import MAX_PNG_CHUNKS
from portal.documents.refusals import Reason, Refused

PNG_START = b"\x89PNG\r\n\x1a\n"
# The picture, its transparency, and in eXIf the side on which it lies.
_NEEDED = {b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND"}


class Chunk(NamedTuple):
    """From `start` to `end`, its length and checksum included."""

    name: bytes
    start: int
    end: int


def chunks(data: bytes) -> Iterator[Chunk]:
    """All chunks to the one that ends the PNG. Raises `Refused` when there is none, or too many."""
    at = len(PNG_START)
    for _ in range(MAX_PNG_CHUNKS):
        name, end = data[at + 4 : at + 8], at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            raise Refused(Reason.TRUNCATED, "the PNG ends inside a chunk")
        yield Chunk(name, at, end)
        if name == b"IEND":
            return
        at = end
    raise Refused(Reason.BOMB, "too many PNG chunks")


def bare_png(data: bytes) -> bytes:
    """The PNG with the chunks that its picture needs."""
    return PNG_START + b"".join(data[start:end] for name, start, end in chunks(data) if name in _NEEDED)
