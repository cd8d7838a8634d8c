"""Publishing what is sealed: tiles and, last, the checkpoint over them. They hold hashes and nothing of an entry.

Promise: the published checkpoint is one that the tiles lead to, whenever the publishing is cut off. What is published
is never taken back: a log that does not continue it is not published.
"""

from collections.abc import AsyncIterator
from typing import Any

from portal.accesslog.seal.note import Checkpoint, NoteWrong, read
from portal.accesslog.seal.place import Place
from portal.accesslog.seal.tiles import Edge, hashes, last_of, parts, path

CHECKPOINT = "checkpoint"
STEP = 100_000  # leaves; the checkpoint follows them, so that a long way is not gone twice
PAGE = 10_000
LOCKED = "select pg_try_advisory_lock(hashtextextended('accesslog.publish', 0))"
UNLOCK = "select pg_advisory_unlock(hashtextextended('accesslog.publish', 0))"
NEXT = "select * from gate.checkpoint_to_publish($1, $2)"
AT = "select root from gate.checkpoint_at($1)"
LEAVES = "select hash from gate.leaf_hashes($1, $2)"
NOTED = "select gate.note_publication($1, $2)"


class NotContinued(Exception):
    """What is published is not the beginning of this log; the message says what to look for."""


class Publisher:
    """Publishes to one place. It knows where the tiles end, and reads them again when somebody else published."""

    def __init__(self, place: Place, *, noted: bool = True) -> None:
        self._place = place
        self._noted = noted
        self._published: bytes | None = None
        self._edge = Edge()

    async def publish(self, connection: Any) -> int:
        """Publish what is sealed and not published yet; how many leaves. Nothing while another publishes.

        Raises PlaceError, NotContinued, NoteWrong and what asyncpg raises.
        """
        if not await connection.fetchval(LOCKED):
            return 0
        try:
            return await self._publish(connection)
        except BaseException:
            self._published = None  # it is read anew
            raise
        finally:
            if not connection.is_closed():
                await connection.execute(UNLOCK)

    async def _publish(self, connection: Any) -> int:
        before = await self._stands(connection)
        while row := await connection.fetchrow(NEXT, self._edge.size, STEP):
            await self._grow(connection, row["size"], bytes(row["root"]))
            self._published = row["note"].encode()
            await self._place.write(CHECKPOINT, self._published)
        if self._noted and self._edge.size > before:
            await connection.execute(NOTED, self._edge.size, None)
        return self._edge.size - before

    async def _stands(self, connection: Any) -> int:
        """How many leaves are published, and that they are the beginning of this log."""
        found = await self._place.read(CHECKPOINT)
        if found is not None and found == self._published:
            return self._edge.size
        self._edge = Edge()
        if found is not None:
            checkpoint = read(found.decode(errors="replace"))
            ours = await connection.fetchval(AT, checkpoint.size)
            if ours is None or bytes(ours) != checkpoint.root:
                raise NotContinued(_not_continued(checkpoint))
            self._edge = await standing(self._place, checkpoint)
        self._published = found
        return self._edge.size

    async def _grow(self, connection: Any, size: int, root: bytes) -> None:
        whole = []
        async for leaf in _leaves(connection, self._edge.size, size):
            for name, content in self._edge.add(leaf):
                await self._place.write(name, content)
                whole.append(name)
        if self._edge.size != size or self._edge.tree.root != root:
            raise NotContinued(f"The leaves do not lead to the checkpoint of {size}: `portal log verify` says where.")
        for name, content in self._edge.shorter():
            await self._place.write(name, content)
        for name in whole:
            await self._place.forget(parts(name))


async def standing(place: Place, checkpoint: Checkpoint) -> Edge:
    """The edge of the published tiles under a checkpoint. Raises NotContinued when they do not lead to it."""
    rows: dict[int, list[bytes]] = {}
    for level, number, width in last_of(checkpoint.size):
        tile = await place.read(path(level, number, width)) or await place.read(path(level, number))
        rows[level] = hashes(tile or b"")[:width]
    edge = Edge(checkpoint.size, [rows.get(level, []) for level in range(max(rows, default=-1) + 1)])
    if edge.tree.root != checkpoint.root:
        raise NotContinued(f"The published tiles do not lead to the published checkpoint of {checkpoint.size}.")
    return edge


def published(content: bytes | None) -> Checkpoint | None:
    """The checkpoint that is published, whoever signed it; None when there is none, or none that can be read."""
    try:
        return None if content is None else read(content.decode(errors="replace"))
    except NoteWrong:
        return None


async def _leaves(connection: Any, first: int, until: int) -> AsyncIterator[bytes]:
    while first < until:
        rows = await connection.fetch(LEAVES, first, min(until, first + PAGE))
        for row in rows:
            yield bytes(row["hash"])
        if not rows:
            return
        first += len(rows)


def _not_continued(checkpoint: Checkpoint) -> str:
    return (
        f"A checkpoint of {checkpoint.size} entries is published, and this log has no such one. Was the database put"
        " back from a backup? Witnesses will say the same: put back the newest database, or begin a log of a new name"
        " at a new place."
    )
