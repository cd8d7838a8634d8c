"""A witness: somebody else, elsewhere, who cosigns the log's checkpoints as long as each continues the one before.

It knows the log's public key and what it cosigned last, and needs no database. Promise: it never cosigns two
checkpoints of which one does not continue the other; what it cosigned is on its disk before anybody sees it.
"""

import fcntl
import json
import os
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.accesslog.seal.cosignature import Cosigner
from portal.accesslog.seal.note import Checkpoint, NoteWrong, Verifier, read
from portal.accesslog.seal.place import Place
from portal.accesslog.seal.publish import CHECKPOINT
from portal.accesslog.seal.tiles import WIDTH, hashes, path
from portal.accesslog.seal.tree import Tree
from portal.own_files import open_own, read_own, write_own

KEY = "witness.key"


class Refused(Exception):
    """The checkpoint is not cosigned; the message says why. `evidence` are the notes that contradict each other."""

    def __init__(self, said: str, *evidence: str) -> None:
        super().__init__(said)
        self.evidence = evidence


class NothingThere(Exception):
    """There is nothing to look at, or no witness to look at it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the witness cosigned last: the note, and the tree under it."""

    note: str
    tree: Tree


@dataclass(frozen=True, slots=True)
class Home:
    """The witness's own folder: its key, and of each log a folder with what it cosigned."""

    folder: Path

    def make(self, name: str) -> Cosigner:
        """The witness's key, made under `name` when there is none."""
        if read_own(self.folder / KEY) is None:
            raw = Ed25519PrivateKey.generate().private_bytes_raw()
            write_own(self.folder / KEY, f"{name} {b64encode(raw).decode()}\n")
        return self.cosigner()

    def cosigner(self) -> Cosigner:
        """The witness's key. Raises NothingThere, NoteWrong."""
        text = read_own(self.folder / KEY)
        if text is None:
            raise NothingThere(f"There is no {self.folder / KEY}: `portal witness key --name NAME` makes it.")
        name, _, raw = text.strip().partition(" ")
        try:
            return Cosigner(name, Ed25519PrivateKey.from_private_bytes(b64decode(raw, validate=True)))
        except ValueError:
            raise NoteWrong(f"{self.folder / KEY} holds no key: put it back from its backup.") from None

    def of(self, log: Verifier) -> Path:
        """The folder of a log; it stays when the log gets another key."""
        return self.folder / sha256(log.name.encode()).hexdigest()[:16]

    def seen(self, log: Verifier) -> Seen | None:
        """What was cosigned last of a log."""
        text = read_own(self.of(log) / "seen.json")
        if text is None:
            return None
        kept = json.loads(text)
        edges = [b64decode(edge) for edge in kept["edges"]]
        found = Seen(kept["note"], Tree(kept["size"], edges))
        known = read(found.note)
        if (known.size, known.root) != (found.tree.size, found.tree.root):
            raise NoteWrong(f"{self.of(log) / 'seen.json'} does not agree with itself: put it back from its backup.")
        return found

    def keep(self, log: Verifier, seen: Seen) -> None:
        """Keep what is about to be cosigned."""
        edges = [b64encode(edge).decode() for edge in seen.tree.edges]
        kept = {"note": seen.note, "size": seen.tree.size, "edges": edges}
        write_own(self.of(log) / "seen.json", json.dumps(kept))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Of two witnesses in one folder, one waits."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = open_own(self.folder / "lock", os.O_WRONLY | os.O_CREAT)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


async def look(place: Place, log: Verifier, home: Home, now: int) -> str:
    """Look at the published log once, and return its checkpoint as a note with the log's and our own signature.

    Raises Refused, NothingThere, NoteWrong, PlaceError.
    """
    cosigner = home.cosigner()
    with home.alone():
        content = await place.read(CHECKPOINT)
        if content is None:
            raise NothingThere("No checkpoint is published there yet.")
        note = content.decode(errors="replace")
        checkpoint, seen = read(note, log), home.seen(log)
        if checkpoint.name != log.name:
            raise Refused(f"The checkpoint is of another log, {checkpoint.name}.", note)
        try:
            tree = await _continued(place, checkpoint, note, seen)
        except Refused as refused:
            write_own(home.of(log) / f"refused-{checkpoint.size}-{now}.txt", "\n".join(refused.evidence))
            raise
        home.keep(log, Seen(note, tree))
    text, _, lines = note.partition("\n\n")
    ours = cosigner.line(checkpoint, now)
    others = "".join(f"{line}\n" for line in lines.splitlines() if line.split(" ")[1:2] != [cosigner.name])
    return f"{text}\n\n{others}{ours}"


async def _continued(place: Place, checkpoint: Checkpoint, note: str, seen: Seen | None) -> Tree:
    """The tree of the checkpoint, which continues what was seen. Raises Refused, PlaceError."""
    size = seen.tree.size if seen else 0
    before = seen.note if seen else ""
    if checkpoint.size < size:
        said = f"Rolled back: {size} entries were cosigned, and now the checkpoint is of {checkpoint.size}."
        raise Refused(said, before, note)
    tree = Tree(size, list(seen.tree.edges) if seen else [])
    await _grow(place, tree, checkpoint.size)
    if tree.root == checkpoint.root:
        return tree
    anew = Tree()
    await _grow(place, anew, checkpoint.size)
    if seen and anew.root == checkpoint.root:
        said = f"Forked: this checkpoint of {checkpoint.size} entries does not continue the {size} that were cosigned."
        raise Refused(said, before, note)
    if checkpoint.size == size:
        raise Refused(f"Forked: of {size} entries another checkpoint was cosigned before.", before, note)
    raise Refused(f"The tiles do not lead to the checkpoint of {checkpoint.size}: are they damaged?", before, note)


async def _grow(place: Place, tree: Tree, until: int) -> None:
    async for leaf in leaves(place, tree.size, until):
        tree.add(leaf)


async def leaves(place: Place, first: int, until: int) -> AsyncIterator[bytes]:
    """The published hashes of the leaves from `first` to before `until`. Raises Refused when a tile is missing."""
    while first < until:
        number, width = first // WIDTH, min(WIDTH, until - first // WIDTH * WIDTH)
        tile = await place.read(path(0, number, width))
        if tile is None and width < WIDTH:  # it has become whole meanwhile
            tile = await place.read(path(0, number))
        found = hashes(tile or b"")
        if len(found) < width:
            raise Refused(f"The tile {path(0, number, width)} is missing or too short.")
        for leaf in found[first % WIDTH : width]:
            yield leaf
        first = number * WIDTH + width
