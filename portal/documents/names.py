"""A PDF's names as the bytes they are.

Promise: a name in Shift_JIS, or in no encoding at all, is read and written like any other.
"""

from collections.abc import Iterator
from typing import Any, cast

from pikepdf import Dictionary, Name, Object


def bare(name: Object) -> str:
    """A name without its slash; bytes that are no UTF-8 stand as surrogates."""
    return bytes(name)[1:].decode("utf-8", "surrogateescape")


def name_of(word: str) -> Name:
    """The name that `bare` reads as this word."""
    raw = word.encode("utf-8", "surrogateescape")
    try:
        return Name("/" + raw.decode())
    except UnicodeDecodeError:
        return cast(Name, Object.parse(b"/" + b"".join(b"#%02x" % byte for byte in raw)))


def entries(given: Object) -> Iterator[tuple[str, Any]]:
    """The bare keys of a dictionary or stream, and their values. Its own `items` fails at a key that
    is no UTF-8."""
    for key in given.keys():  # noqa: SIM118  # an iteration over the object itself does not know streams
        word = str(key).removeprefix("/")
        yield word, given[name_of(word)]


def entry(given: Object | None, word: str) -> Object | None:
    """What a dictionary holds under this bare key."""
    return given.get(name_of(word)) if isinstance(given, Dictionary) else None
