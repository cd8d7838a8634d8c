"""Reckoning the whole log anew: every entry against its leaf, the leaves against every checkpoint, and the newest
checkpoint against one that was kept elsewhere. The command reads the tables as the owner does, and believes none of
them; the worker reads the same by functions of the gate.
"""

from collections.abc import AsyncIterable, Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import astuple, dataclass
from typing import Any

from portal.accesslog.seal.apart import SNAPSHOT
from portal.accesslog.seal.cosignature import Witness
from portal.accesslog.seal.cosigned import cosigned
from portal.accesslog.seal.counted import InTurn, counting, waiting_if_none_was_added
from portal.accesslog.seal.document import UnknownSchema, sealed_bytes
from portal.accesslog.seal.note import Checkpoint, NoteWrong, Verifier
from portal.accesslog.seal.note import read as read_note
from portal.accesslog.seal.page import Together
from portal.accesslog.seal.questions import AS_OWNER, Questions
from portal.accesslog.seal.reading import Reader
from portal.accesslog.seal.reading import read as read_leaves
from portal.accesslog.seal.tree import EMPTY, Tree, leaf_hash
from portal.accesslog.seal.untouched import touched
from portal.accesslog.seal.written import OWN_NAMES, of_another_kind
from portal.accesslog.seal.wrong import Wrong

PAGE = 25_600
# Entries and side rows have a table for each month: each month's are joined by themselves.
BY_MONTH = "select set_config('enable_partitionwise_join', 'on', true)"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to. `size` counts leaves, `waiting` the entries that are not sealed yet."""

    size: int
    root: bytes
    checkpoints: int
    waiting: int
    wrong: list[Wrong]
    cosigned: int = 0  # leaves that as many witnesses as are needed have cosigned


@dataclass(frozen=True, slots=True)
class Needed:
    """The witnesses that are known, and how many of them have to have cosigned."""

    known: tuple[Witness, ...] = ()
    most: int = 0


async def _nobody(tree: Tree) -> None:
    """Nobody is told how far it is."""


@dataclass
class Walk:
    """A verification under way: how far it came, and what it found. `roots` are those of the checkpoints, by size."""

    tree: Tree
    wrong: list[Wrong]
    roots: dict[int, bytes]
    kept: Checkpoint | None
    kept_root: bytes | None = None

    def __post_init__(self) -> None:
        """What was kept may be of the tree that it begins with."""
        self._note_kept()

    @property
    def compared(self) -> list[int]:
        """The sizes at which its tree is compared, from the least on."""
        return sorted({*self.roots, *([self.kept.size] if self.kept else [])})

    def put(self, edge: bytes, leaves: int = 1) -> None:
        """Put a leaf's hash, or the root of a subtree, on the right, and compare what came of it."""
        self.tree.add(edge, leaves)
        size = self.tree.size
        if size in self.roots and self.roots[size] != self.tree.root:
            self.wrong.append(Wrong("checkpoint", size, f"The checkpoint of {size} has another root than its leaves."))
        self._note_kept()

    def _note_kept(self) -> None:
        if self.kept is not None and self.kept.size == self.tree.size:
            self.kept_root = self.tree.root


async def verify(
    connection: Any,
    known: Verifier,
    kept: Checkpoint | None = None,
    *,
    most: int = 20,
    told: Callable[[Tree], Awaitable[None]] = _nobody,
    witnesses: Needed = Needed(),
    asked: Questions = AS_OWNER,
    begun: Tree | None = None,
    page: int = PAGE,
    readers: Sequence[Reader] = (),
    sides: bool = True,
) -> Verified:
    """Verify the log with the key of `known`; `kept` is a checkpoint that somebody kept. Stops after `most` faults.

    `begun` is a tree that an earlier verification, which was cut off, told to have come to without a fault. `readers`
    see the same as `connection`, and read ahead. `sides` tells whether side rows are held against what their entries
    are bound to.
    """
    await connection.execute(OWN_NAMES)
    if unreadable := await _unreadable(connection, asked):
        return Verified(0, EMPTY, 0, 0, unreadable[:most])
    rows, cosignatures = await connection.fetch(asked.checkpoints), await connection.fetch(asked.cosignatures)
    signed = [(row["size"] or 0, bytes(row["root"] or b""), row["note"] or "") for row in rows]
    if kept is not None and begun is not None and begun.size > kept.size:
        begun = None  # what was kept is behind it
    unsigned = [fault for size, root, note in signed for fault in _unsigned(size, root, note, known)]
    walk = Walk(begun or Tree(), unsigned, {size: root for size, root, _ in signed}, kept)
    turns = InTurn(connection) if readers else connection
    read = read_leaves(turns, readers, asked.pages, walk.tree.size, page, walk.compared)
    try:
        async with counting(turns, asked, beside=bool(readers)) as counted, aclosing(read) as parts:
            whole = await _walk(turns, walk, most, told, asked.pages.leaves, parts)
    except OverflowError:  # a moment that Python has none for
        walk.wrong.append(Wrong("unreadable", walk.tree.size, "From here on a moment is one that no entry can have."))
        return Verified(walk.tree.size, walk.tree.root, len(signed), 0, walk.wrong[:most])
    reach, faults = cosigned(rows, cosignatures, witnesses.known, witnesses.most)
    walk.wrong.extend(faults)
    if whole:
        walk.wrong.extend(_ends(walk.tree.size, signed, kept, walk.kept_root))
    counts = counted.result() is not None and not walk.wrong
    waiting = waiting_if_none_was_added(counted.result(), walk.tree.size) if counts else None
    if whole and waiting is None:
        walk.wrong.extend(await _added(connection, asked, most, miscounted=counts))
    if whole and sides:
        await connection.execute(BY_MONTH)
        walk.wrong.extend(
            Wrong("changed", None, f"The side row of the entry {row['id']} is not what the entry is bound to.")
            for row in await connection.fetch(asked.unbound, most)
        )
    if waiting is None:
        waiting = await connection.fetchval(asked.waiting)
    return Verified(walk.tree.size, walk.tree.root, len(signed), waiting, walk.wrong[:most], reach)


async def _unreadable(connection: Any, asked: Questions) -> list[Wrong]:
    """Why nothing is to be read: it would be by what somebody else made, or of other kinds than were sealed."""
    questions = (SNAPSHOT, *astuple(asked.pages), asked.added, asked.unbound, asked.counted)
    if made := await touched(connection, questions):
        said = "What is read is not of the portal's and the server's own making alone"
        return [Wrong("unreadable", None, f"{said}: {one}.") for one in made]
    if other := of_another_kind((await connection.prepare(asked.pages.leaves)).get_attributes()):
        return [Wrong("unreadable", None, f"A column is not of the kind that was sealed: {other}.")]
    return []


async def _added(connection: Any, asked: Questions, most: int, *, miscounted: bool) -> list[Wrong]:
    """The entries that were added. When the numbers say that there are some, and none is found, that is said."""
    added = [
        Wrong("added", None, f"The entry {row['id']} of {row['recorded_at']:%Y-%m-%d %H:%M:%S} UTC has no leaf.")
        for row in await connection.fetch(asked.added, most)
    ]
    if miscounted and not added:
        return [Wrong("added", None, "There are more entries than leaves and what waits, and no index finds them.")]
    return added


async def _walk(
    connection: Any,
    walk: Walk,
    most: int,
    told: Callable[[Tree], Awaitable[None]],
    leaves: str,
    pages: AsyncIterable[Sequence[Together]],
) -> bool:
    """Go through the leaves; false when there were too many faults to go on."""
    async for parts in pages:
        for part in parts:
            await _put(connection, walk, part, leaves, most)
            if len(walk.wrong) >= most:
                return False
        if not walk.wrong:
            await told(walk.tree)
    return True


async def _put(connection: Any, walk: Walk, part: Together, leaves: str, most: int) -> None:
    """Put leaves that came together into the tree. What does not agree is read again, and said leaf by leaf."""
    if part.root is not None and part.first == walk.tree.size:
        walk.put(part.root, part.many)
        return
    for row in await connection.fetch(leaves, part.first, part.many):
        walk.wrong.extend(_leaf(row, walk.tree.size))
        walk.put(bytes(row["hash"] or b""))
        if len(walk.wrong) >= most:
            return


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
        agrees = leaf_hash(sealed_bytes(row)) == bytes(row["hash"] or b"")
    except UnknownSchema as error:
        yield Wrong("unreadable", row["number"], str(error))
        return
    except (ValueError, RecursionError):  # facts that nothing can have sealed
        agrees = False
    if not agrees:
        yield Wrong("changed", row["number"], f"The entry {row['sealed_id']} is not what was sealed.")


def _unsigned(size: int, root: bytes, note: str, known: Verifier) -> Iterator[Wrong]:
    """What is wrong with a checkpoint by itself."""
    try:
        found = read_note(note, known)
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
