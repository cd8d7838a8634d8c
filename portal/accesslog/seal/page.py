"""A page of leaves with the hashes of their entries. The entries come in any order, and each finds its place by its
number: the database need not sort them, and writes on while they are hashed.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from portal.accesslog.seal.document import MARK, with_facts
from portal.accesslog.seal.tree import HASH_BYTES, levels_over

TOGETHER = 256  # leaves; a power of two, so that they are a subtree
NONE = b""  # no hash: it is equal to none
MARKS = MARK[0]  # a byte is found in a fifth of the time that bytes are
_LEAF = sha256(b"\x00").copy
# The readers have the cores already; each page has moments of its own, of which a plan has to know.
ALONE = """
select set_config('max_parallel_workers_per_gather', '0', true),
    set_config('plan_cache_mode', 'force_custom_plan', true)
"""


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


def leaf_of(written: bytes) -> bytes:
    """The hash of the leaf of an entry with these bytes, which the database wrote; none of one that it could not."""
    if MARKS in written:
        written = with_facts(written)
    if not written:
        return NONE
    hashed = _LEAF()  # as `leaf_hash`; to go on from the first byte costs less than to put it in front
    hashed.update(written)
    return hashed.digest()


async def hash_what_is_written(connection: Any) -> None:
    """A varchar is the hash of a leaf from now on: its bytes are hashed where they arrive. Nothing else is one."""
    await connection.set_type_codec("varchar", schema="pg_catalog", encoder=str, decoder=leaf_of, format="binary")
    await connection.execute(ALONE)


async def read_page(
    connection: Any, pages: Pages, first: int, until: int, compared: Sequence[int] = ()
) -> Sequence[Together]:
    """The leaves from number `first` to before `until`, on a connection that hashes what is written."""
    sealed, *moments = await connection.fetchrow(pages.sealed, first, until)
    if sealed is None:
        return []
    return list(parts(first, await connection.fetch(pages.written, first, until, *moments), sealed, compared))


def parts(first: int, rows: Sequence[Iterable[Any]], sealed: bytes, compared: Sequence[int] = ()) -> Iterator[Together]:
    """The leaves from number `first` on, whose numbers and hashes are `rows`, in subtrees.

    None of them passes a size that is `compared`. What does not agree with the hashes that are `sealed` comes as it is;
    all of it does when a number is missing or comes twice.
    """
    if not rows:
        return
    many = len(rows)
    leaves = _in_order(first, rows)
    if leaves is None or len(sealed) != many * HASH_BYTES:
        yield Together(first, many)
        return
    before = first % TOGETHER  # leaves that are not of this page, in whose subtree it begins
    levels = levels_over(bytes(before * HASH_BYTES) + sealed, TOGETHER)
    at = 0
    while at < many:
        until = min(at + TOGETHER - (before + at) % TOGETHER, many)
        if b"".join(leaves[at:until]) == sealed[at * HASH_BYTES : until * HASH_BYTES]:
            yield from _subtrees(levels, first - before, first + at, first + until, compared)
        else:
            yield Together(first + at, until - at)
        at = until


def _in_order(first: int, rows: Sequence[Iterable[Any]]) -> list[bytes] | None:
    """The hashes by their numbers, which are none less than `first`; None when one is missing or comes twice."""
    leaves: list[Any] = [None] * len(rows)
    try:
        for number, leaf in rows:
            leaves[number - first] = leaf
    except IndexError:
        return None
    return None if None in leaves else leaves


def _subtrees(levels: list[bytes], begins: int, number: int, until: int, compared: Sequence[int]) -> Iterator[Together]:
    """The whole subtrees from `number` to before `until`; the levels begin with the number `begins`."""
    while number < until:
        passed = bisect_right(compared, number)
        ends = min(until, compared[passed]) if passed < len(compared) else until
        height = (ends - number).bit_length() - 1
        while number % (1 << height):
            height -= 1
        place = (number - begins >> height) * HASH_BYTES
        yield Together(number, 1 << height, levels[height][place : place + HASH_BYTES])
        number += 1 << height
