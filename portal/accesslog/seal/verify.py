"""Reckoning the whole log anew: every entry against its leaf, the leaves against every checkpoint, and the newest
checkpoint against one that was kept elsewhere. Reads the tables as the owner does, and believes none of them.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.accesslog.seal.document import UnknownSchema, sealed_bytes
from portal.accesslog.seal.note import Checkpoint, NoteWrong, Verifier, read
from portal.accesslog.seal.tree import Tree, leaf_hash

PAGE = 10_000
LEAVES = """
select leaf.number, leaf.hash, leaf.entry_id as sealed_id, entry.*
from accesslog.leaf left join accesslog.entry on entry.id = leaf.entry_id and entry.recorded_at = leaf.recorded_at
where leaf.number >= $1 order by leaf.number limit $2
"""
CHECKPOINTS = "select size, root, note from accesslog.checkpoint order by size"
# An entry of a transaction that was passed and that has no leaf was put there afterwards.
ADDED = """
select entry.id, entry.recorded_at from accesslog.entry
where entry.transaction < (select max(until) from accesslog.checkpoint)
  and not exists (select from accesslog.leaf where leaf.entry_id = entry.id)
order by entry.recorded_at, entry.id limit $1
"""
WAITING = "select count(*) from accesslog.entry where not exists (select from accesslog.leaf where entry_id = entry.id)"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that does not agree: changed, missing, moved, added, unreadable, checkpoint or rolled_back."""

    kind: str
    number: int | None
    said: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to. `size` counts leaves, `waiting` the entries that are not sealed yet."""

    size: int
    root: bytes
    checkpoints: int
    waiting: int
    wrong: list[Wrong]


async def verify(
    connection: Any,
    known: Verifier,
    kept: Checkpoint | None = None,
    *,
    most: int = 20,
    told: Callable[[int], None] = lambda done: None,
) -> Verified:
    """Verify the log with the key of `known`; `kept` is a checkpoint that somebody kept. Stops after `most` faults."""
    signed = [(row["size"], bytes(row["root"]), row["note"]) for row in await connection.fetch(CHECKPOINTS)]
    wrong = [fault for size, root, note in signed for fault in _unsigned(size, root, note, known)]
    roots = {size: root for size, root, _ in signed}
    tree = Tree()
    kept_root: bytes | None = tree.root if kept is not None and kept.size == 0 else None
    async for row in _leaves(connection):
        wrong.extend(_leaf(row, tree.size))
        tree.add(bytes(row["hash"]))
        if tree.size in roots and roots[tree.size] != tree.root:
            wrong.append(
                Wrong("checkpoint", tree.size, f"The checkpoint of {tree.size} has another root than its leaves.")
            )
        if kept is not None and kept.size == tree.size:
            kept_root = tree.root
        told(tree.size)
        if len(wrong) >= most:
            break
    else:
        wrong.extend(_ends(tree.size, signed, kept, kept_root))
        wrong.extend(
            Wrong("added", None, f"The entry {row['id']} of {row['recorded_at']:%Y-%m-%d %H:%M:%S} UTC has no leaf.")
            for row in await connection.fetch(ADDED, most)
        )
    return Verified(tree.size, tree.root, len(signed), await connection.fetchval(WAITING), wrong[:most])


async def _leaves(connection: Any) -> AsyncIterator[Any]:
    first = 0
    while rows := await connection.fetch(LEAVES, first, PAGE):
        for row in rows:
            yield row
        first = rows[-1]["number"] + 1


def _leaf(row: Any, expected: int) -> Iterator[Wrong]:
    """What is wrong with a leaf that should have this number."""
    if row["number"] != expected:
        yield Wrong(
            "moved", row["number"], f"The leaf {expected} is not there; the next has the number {row['number']}."
        )
    if row["id"] is None:
        yield Wrong("missing", row["number"], f"The entry {row['sealed_id']} is not in the log any more.")
        return
    try:
        changed = leaf_hash(sealed_bytes(row)) != bytes(row["hash"])
    except UnknownSchema as error:
        yield Wrong("unreadable", row["number"], str(error))
        return
    if changed:
        yield Wrong("changed", row["number"], f"The entry {row['sealed_id']} is not what was sealed.")


def _unsigned(size: int, root: bytes, note: str, known: Verifier) -> Iterator[Wrong]:
    """What is wrong with a checkpoint by itself."""
    try:
        found = read(note, known)
    except NoteWrong as error:
        yield Wrong("checkpoint", size, f"The checkpoint of {size}: {error}")
        return
    if (found.name, found.size, found.root) != (known.name, size, root):
        yield Wrong("checkpoint", size, f"The checkpoint of {size} is signed over something else.")


def _ends(
    size: int, signed: list[tuple[int, bytes, str]], kept: Checkpoint | None, kept_root: bytes | None
) -> Iterator[Wrong]:
    """What is wrong with how far the leaves go."""
    newest = signed[-1][0] if signed else 0
    if newest != size:
        yield Wrong("rolled_back", size, f"There are {size} leaves, and the newest checkpoint is of {newest}.")
    if kept is None:
        return
    if kept_root is None:
        yield Wrong(
            "rolled_back", size, f"The checkpoint that was kept is of {kept.size}, and there are {size} leaves."
        )
    elif kept_root != kept.root:
        yield Wrong(
            "rolled_back", kept.size, f"At {kept.size} this log has another root than the checkpoint that was kept."
        )
