"""How many entries a log has, counted while its leaves are read: an entry that was added is one too many."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from portal.accesslog.seal.questions import Questions


class InTurn:
    """A connection that several ask. Each waits until the one before it has its answer."""

    def __init__(self, connection: Any) -> None:
        """Asked by nobody yet."""
        self._connection, self._turn = connection, asyncio.Lock()

    async def fetch(self, *asked: Any) -> Any:
        """As of the connection."""
        async with self._turn:
            return await self._connection.fetch(*asked)

    async def fetchrow(self, *asked: Any) -> Any:
        """As of the connection."""
        async with self._turn:
            return await self._connection.fetchrow(*asked)


@asynccontextmanager
async def counting(connection: Any, asked: Questions, *, beside: bool) -> AsyncIterator["asyncio.Task[Any]"]:
    """Count before what follows, or `beside` it, and have counted when that has ended. The worker counts nothing."""
    task = asyncio.create_task(_count(connection, asked))
    try:
        if not beside:
            await asyncio.wait([task])
        yield task
    except BaseException:
        task.cancel()
        raise
    finally:
        await asyncio.wait([task])


async def _count(connection: Any, asked: Questions) -> Any:
    if not asked.passed:
        return None
    (passed,) = await connection.fetchrow(asked.passed)
    return await connection.fetchrow(asked.counted, passed)


def waiting_if_none_was_added(counted: Any, size: int) -> int | None:
    """How many entries wait to be sealed; None when the numbers do not say that no other lacks a leaf.

    So many leaves agreed, each with an entry of its own: when no more entries are of transactions that were passed, no
    others are. Of the few of later transactions, each that has a leaf has to be the one that the leaf is of.
    """
    if counted["passed"] + counted["sealed"] != size or counted["later"] != counted["sealed"]:
        return None
    return int(counted["entries"]) - size
