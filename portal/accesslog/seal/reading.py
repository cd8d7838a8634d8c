"""The leaves of a log with the hashes of their entries, a page of numbers at a time. They come in any order, and each
finds its place by its number: the database need not sort them, and writes on while they are hashed.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from struct import Struct
from typing import Any

from portal.accesslog.seal.questions import Pages
from portal.accesslog.seal.tree import leaf_hash, node_hash
from portal.accesslog.seal.written import MARK, with_facts

TOGETHER = 256  # leaves; a power of two, so that they are a subtree
NONE = b""  # no hash: it is equal to none
_ROW = Struct("!6xq4x32si")  # before an entry's bytes: the number, the hash, and how many bytes there are
BY_ITSELF = "select set_config('max_parallel_workers_per_gather', '0', true)"  # the readers have the cores already
_HEAD = 19  # bytes before the first row of COPY's binary form


@dataclass(frozen=True, slots=True)
class Together:
    """Leaves that came together. `agree` is whether they are without gap and the hashes of their entries."""

    first: int
    many: int
    leaves: Sequence[bytes] = ()
    agree: bool = False

    @property
    def root(self) -> bytes | None:
        """The root of the subtree that they are, when they agree and are the whole of one."""
        if not self.agree or self.many != TOGETHER or self.first % TOGETHER:
            return None
        level = self.leaves
        while len(level) > 1:
            pairs = iter(level)
            level = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
        return level[0]


class Page:
    """The leaves with the numbers from `first` to before `until`. It takes what COPY sends in its binary form."""

    def __init__(self, first: int, until: int) -> None:
        """No place has a leaf yet; what was never sealed differs from what was never written."""
        self.first, self.many = first, 0
        self._left, self._begun = b"", False
        self._leaves = [NONE] * (until - first)
        self._sealed = [MARK] * (until - first)

    async def take(self, piece: bytes) -> None:
        """The next bytes. Each whole row in them is hashed at once."""
        data, at, size = self._left + piece, 0, _ROW.size
        if not self._begun and len(data) >= _HEAD:
            self._begun, at = True, _HEAD
        while self._begun and len(data) - at >= size:
            number, sealed, length = _ROW.unpack_from(data, at)
            begins = at + size
            if begins + length > len(data):
                break
            at = begins + length
            self._put(number - self.first, sealed, data[begins:at])
        self._left = data[at:]

    def _put(self, place: int, sealed: bytes, entry: bytes) -> None:
        if MARK in entry:
            entry = with_facts(entry)
        self._leaves[place] = leaf_hash(entry) if entry else NONE
        self._sealed[place] = sealed
        self.many += 1

    def parts(self) -> Iterator[Together]:
        """The page in subtrees; in one piece that does not agree, when a number is missing or comes twice."""
        sealed, leaves, first = self._sealed, self._leaves, self.first
        while sealed and sealed[-1] is MARK:
            sealed.pop()
        if self.many != len(sealed) or MARK in sealed:
            yield Together(first, self.many)
            return
        at = 0
        while at < len(sealed):
            until = at + TOGETHER - (first + at) % TOGETHER
            written = leaves[at : min(until, len(sealed))]
            yield Together(first + at, len(written), written, agree=written == sealed[at:until])
            at = until


async def read(
    connection: Any, readers: Sequence[Any], pages: Pages, first: int, size: int
) -> AsyncGenerator[Iterator[Together], None]:
    """The leaves from number `first` on, a page at a time. `readers` are connections that see the same and read ahead;
    `connection` is never busy while a page is looked at.
    """
    while True:
        async with aclosing(_ahead(readers or [connection], pages, first, size, waits=not readers)) as ahead:
            async for page in ahead:
                first = page.first
                if page.many:
                    yield page.parts()
        beyond = await connection.fetchrow(pages.leaves, first, 1)
        if beyond is None:
            return
        yield iter([Together(beyond["number"], 1)])  # behind a gap, which will be said
        first = beyond["number"] + 1


async def _ahead(
    readers: Sequence[Any], pages: Pages, first: int, size: int, *, waits: bool
) -> AsyncGenerator[Page, None]:
    """Pages until one is empty, that one too. When it `waits`, the next is asked for once the last was looked at."""
    asked: deque[tuple[Any, asyncio.Task[Page]]] = deque()

    def ask(reader: Any) -> None:
        nonlocal first
        until = first + size - first % size
        asked.append((reader, asyncio.create_task(_page(reader, pages, first, until))))
        first = until

    try:
        for reader in readers:
            await reader.execute(BY_ITSELF)
            ask(reader)
        more = True
        while more:
            page = await asyncio.shield(asked[0][1])  # a statement that is broken off leaves its connection busy
            reader, _task = asked.popleft()
            more = page.many > 0
            if more and not waits:
                ask(reader)
            yield page
            if more and waits:
                ask(reader)
    finally:
        await asyncio.gather(*(task for _reader, task in asked), return_exceptions=True)


async def _page(reader: Any, pages: Pages, first: int, until: int) -> Page:
    spread = tuple(await reader.fetchrow(pages.spread, first, until)) if pages.spread else ()
    page = Page(first, until)
    await reader.copy_from_query(pages.written, first, until, *spread, output=page.take, format="binary")
    return page
