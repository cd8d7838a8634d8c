"""A page of leaves with the hashes of their entries. The entries come in any order, and each finds its place by its
number: the database need not sort them, and writes on while they are hashed.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct
from typing import Any

from portal.accesslog.seal.document import MARK, with_facts
from portal.accesslog.seal.tree import HASH_BYTES, levels_over

TOGETHER = 256  # leaves; a power of two, so that they are a subtree
NONE = b""  # no hash: it is equal to none
BY_ITSELF = "select set_config('max_parallel_workers_per_gather', '0', true)"  # the readers have the cores already
_ROW = Struct("!6xqi")  # before an entry's bytes: the number, and how many bytes there are
_HEAD = 19  # bytes before the first row of COPY's binary form


@dataclass(frozen=True, slots=True)
class Pages:
    """How pages are asked for. `leaves` asks for rows from number $1 on, at most $2 of them, in order.

    `sealed` asks for the hashes of those from $1 to before $2, in order and behind one another. It may say between
    which two moments they are. `written` asks for the same in any order, with the bytes of their entries; $3 and $4 are
    those moments.
    """

    leaves: str
    sealed: str
    written: str


@dataclass(frozen=True, slots=True)
class Together:
    """Leaves that came together: so many from number `first` on. When they are without gap and the hashes of their
    entries, they are a whole subtree, and this is its root.
    """

    first: int
    many: int
    root: bytes | None = None


class Page:
    """The leaves with the numbers from `first` to before `until`. It takes what COPY sends in its binary form."""

    def __init__(self, first: int, until: int) -> None:
        """No place has an entry yet."""
        self.first, self.many = first, 0
        self._left, self._begun = b"", False
        self._found: list[bytes | None] = [None] * (until - first)

    async def take(self, piece: bytes) -> None:
        """The next bytes. Each whole row in them is hashed at once."""
        data, at, many = self._left + piece, 0, 0
        if not self._begun and len(data) >= _HEAD:
            self._begun, at = True, _HEAD
        row, size, found, first, last = _ROW.unpack_from, _ROW.size, self._found, self.first, len(data) - _ROW.size
        while self._begun and at <= last:
            number, length = row(data, at)
            ends = at + size + length
            if ends > len(data):
                break
            entry = data[at + size : ends]
            if MARK in entry:
                entry = with_facts(entry)
            found[number - first] = (
                sha256(b"\x00" + entry).digest() if entry else NONE
            )  # as `leaf_hash`, which costs more
            at = ends
            many += 1
        self._left = data[at:]
        self.many += many

    def parts(self, sealed: bytes, compared: Sequence[int] = ()) -> Iterator[Together]:
        """The page in subtrees, none of which passes a size that is `compared`. What does not agree with the hashes
        that are `sealed` comes as it is; all of it does when a number is missing or comes twice.
        """
        many, leaves = self.many, [leaf for leaf in self._found[: self.many] if leaf is not None]
        if len(leaves) != many or len(sealed) != many * HASH_BYTES:
            if many:
                yield Together(self.first, many)
            return
        before = self.first % TOGETHER  # leaves that are not of this page, in whose subtree it begins
        levels = levels_over(bytes(before * HASH_BYTES) + sealed, TOGETHER)
        at = 0
        while at < many:
            until = min(at + TOGETHER - (before + at) % TOGETHER, many)
            if b"".join(leaves[at:until]) == sealed[at * HASH_BYTES : until * HASH_BYTES]:
                yield from self._subtrees(levels, at, until, compared)
            else:
                yield Together(self.first + at, until - at)
            at = until

    def _subtrees(self, levels: list[bytes], at: int, until: int, compared: Sequence[int]) -> Iterator[Together]:
        while at < until:
            number = self.first + at
            passed = bisect_right(compared, number)
            ends = min(until, compared[passed] - self.first) if passed < len(compared) else until
            height = min(len(levels) - 1, (ends - at).bit_length() - 1)
            while number % (1 << height):
                height -= 1
            place = (self.first % TOGETHER + at >> height) * HASH_BYTES
            yield Together(number, 1 << height, levels[height][place : place + HASH_BYTES])
            at += 1 << height


async def read_page(
    connection: Any, pages: Pages, first: int, until: int, compared: Sequence[int] = ()
) -> Sequence[Together]:
    """The leaves from number `first` to before `until`."""
    sealed, *moments = await connection.fetchrow(pages.sealed, first, until)
    if sealed is None:
        return []
    found = Page(first, until)
    await connection.copy_from_query(pages.written, first, until, *moments, output=found.take, format="binary")
    return list(found.parts(sealed, compared))
