"""Pages are sent compressed where nobody else chose what was asked for.

The size of a compressed page tells how alike its parts are. Whoever may choose a part of it, in an address, and may see
the size of the answer, could guess the rest letter by letter: a token, a code, a name (BREACH). Pages are compressed
only where the browser says that a page of ours led there, or that the user typed or kept the address.
"""

import gzip
from collections.abc import Callable
from typing import Any

import brotli  # type: ignore[import-untyped]  # it has none
from litestar import Response

from portal.web.visit import Connection

CHOSEN_BY_ITS_USER = frozenset({"same-origin", "none"})  # what no page can write into Sec-Fetch-Site
VARY = {"Vary": "Accept-Encoding, Sec-Fetch-Site"}
# The quickest setting of each: a list becomes an eighth of its size. The smallest result takes several times as long.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda page: bytes(brotli.compress(page, mode=brotli.MODE_TEXT, quality=1)),
    "gzip": lambda page: gzip.compress(page, 1, mtime=0),
}


def encoding_for(connection: Connection) -> str:
    """How a page may be encoded for this request; empty for as it is, to browsers that do not say where they come from
    too."""
    if connection.headers.get("sec-fetch-site") not in CHOSEN_BY_ITS_USER:
        return ""
    accepted = {part.partition(";")[0].strip() for part in connection.headers.get("accept-encoding", "").split(",")}
    return next((name for name in ENCODINGS if name in accepted), "")


class Page(Response[str]):
    """A page as an answer, in the encoding that its request allows."""

    def __init__(self, content: str, connection: Connection, *, headers: dict[str, str], **options: Any) -> None:
        """`options` are those of Litestar's Response."""
        self._encoding = encoding_for(connection)
        named = {"Content-Encoding": self._encoding} if self._encoding else {}
        super().__init__(content, headers={**headers, **VARY, **named}, **options)

    def render(self, content: Any, media_type: str, enc_hook: Any = None) -> bytes:
        """The body as it goes over the wire."""
        body = super().render(content, media_type, enc_hook)
        return ENCODINGS[self._encoding](body) if self._encoding else body
