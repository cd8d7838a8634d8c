"""The leaves of a log with the hashes of their entries, a page of numbers after the other: read on a connection here,
or ahead by processes of their own (`portal.accesslog.seal.apart`).
"""

import asyncio
from bisect import bisect_left
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Protocol

from portal.accesslog.seal.page import Pages, Together, hash_what_is_written, read_page

MOST = 2**48  # leaves: the number of a leaf beyond was put there by somebody, and is said


class Reader(Protocol):
    """Reads pages in the order in which they are asked for. `ahead` is how many it may be asked for at once."""

    ahead: int

    def ask(self, first: int, until: int, compared: Sequence[int]) -> None:
        """That it reads the leaves from number `first` to before `until`; no subtree passes a size that is compared."""

    async def answer(self) -> Sequence[Together]:
        """What it found of the page that it was asked for first."""
        ...


class Here:
    """Reads on a connection of this process, which is busy for no longer than an answer is waited for."""

    ahead = 1

    def __init__(self, connection: Any, pages: Pages) -> None:
        """Asked for nothing yet."""
        self._connection, self._pages = connection, pages
        self._asked: deque[tuple[int, int, Sequence[int]]] = deque()

    def ask(self, first: int, until: int, compared: Sequence[int]) -> None:
        """It is read when the answer is waited for."""
        self._asked.append((first, until, compared))

    async def answer(self) -> Sequence[Together]:
        """Read it."""
        reading = asyncio.create_task(read_page(self._connection, self._pages, *self._asked.popleft()))
        try:
            return await asyncio.shield(reading)
        finally:  # a statement that is broken off leaves its connection busy
            await asyncio.gather(reading, return_exceptions=True)


async def read(
    connection: Any, readers: Sequence[Reader], pages: Pages, first: int, size: int, compared: Sequence[int] = ()
) -> AsyncGenerator[Sequence[Together], None]:
    """The leaves from number `first` on, a page at a time. `readers` see the same as `connection`, which is never busy
    while a page is looked at. No subtree passes a size that is `compared`; these are in order.
    """
    if not readers:
        await hash_what_is_written(connection)
        readers = [Here(connection, pages)]
    while True:
        async for until, parts in _ahead(readers, first, size, compared):
            first = until
            yield parts
        beyond = await connection.fetchrow(pages.leaves, first, 1)
        if beyond is None:
            return
        yield [Together(beyond["number"], 1)]  # behind a gap, which will be said
        first = beyond["number"] + 1
        if first > MOST:
            return


async def _ahead(
    readers: Sequence[Reader], first: int, size: int, compared: Sequence[int]
) -> AsyncGenerator[tuple[int, Sequence[Together]], None]:
    """Pages until one is empty, each with the number before which it ends."""
    asked: deque[tuple[int, Reader]] = deque()

    def ask(reader: Reader) -> None:
        nonlocal first
        until = first + size - first % size
        reader.ask(first, until, compared[bisect_left(compared, first) : bisect_left(compared, until)])
        asked.append((until, reader))
        first = until

    for _turn in range(max(reader.ahead for reader in readers)):
        for reader in readers:
            ask(reader)
    while asked:
        until, reader = asked.popleft()
        parts = await reader.answer()
        if not parts:
            break
        ask(reader)
        yield until, parts
    for _until, reader in asked:
        await reader.answer()
