"""Verifying the sealed log, with all that it reads and writes anew, against hashing the same bytes alone: by the clock,
where it has all cores and the hashing one, and by the processor time of all its processes, where both have the same.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.run import Run
from bench.table import Row
from bench.turns import spent_by
from portal.accesslog.commands import READERS
from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.note import Signer
from portal.accesslog.seal.questions import AS_OWNER
from portal.accesslog.seal.tree import Tree, leaf_hash
from portal.accesslog.seal.verify import verify

MANY = 100_000
LEAST_SHARE = 0.5
LEAF = ("number", "recorded_at", "entry_id", "hash")
NEWEST = """
select * from (select * from accesslog.entry order by recorded_at desc, id desc limit $1) as entry
order by recorded_at, id
"""
# How many wait is counted over the whole log, of which this seals a part; side rows are the whole world's, too.
ASKED = replace(AS_OWNER, waiting="select 0::bigint")


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds an entry, by the clock and of processor time."""

    clock: float
    processors: float


async def measure(run: Run) -> list[Row]:
    """The newest entries, whose leaves are put there and taken away again."""
    connections = [await run.world.connect() for _reader in range(1 + READERS)]
    for connection in connections:
        await connection.execute("set max_parallel_workers_per_gather = 0")  # whose time would not be counted
    owner = connections[0]
    await owner.execute("set session_replication_role = replica")  # leaves cannot be taken away otherwise
    written = await _sealed(owner)
    floors, costs = list[Cost](), list[Cost]()
    spent = [spent_by(connection.get_server_pid()) for connection in connections]
    try:
        for _turn in range(run.rounds + 1):
            floors.append(_bare(written))
            costs.append(await _verified(connections, spent, len(written)))
    finally:
        await owner.execute("delete from accesslog.leaf")
        for connection in connections:
            await connection.close()
    said = f"verify, {len(written):,} entries"
    clock, floor = (_middle([cost.clock for cost in each]) for each in (costs, floors))
    processors, bare = (_middle([cost.processors for cost in each]) for each in (costs, floors))
    return [
        _row(
            f"{said}: by the clock, all cores to one",
            f"{1e6 / clock:.0f}/s",
            f"hash {1e6 / floor:.0f}/s",
            floor / clock,
        ),
        _row(f"{said}: processor time", f"{processors:.2f} µs each", f"hash {bare:.2f} µs each", bare / processors),
    ]


def _row(said: str, measured: str, floor: str, share: float) -> Row:
    return Row(said, measured, floor, f"{share:.0%}", "≥ 50%", share >= LEAST_SHARE)


def _middle(values: Sequence[float]) -> float:
    """Without the first, which fills caches and plans."""
    return sorted(values[1:])[len(values[1:]) // 2]


async def _sealed(owner: Any) -> list[bytes]:
    """The bytes of the entries that have leaves now."""
    entries = await owner.fetch(NEWEST, MANY)
    written = [sealed_bytes(entry) for entry in entries]
    leaves = [
        (number, entry["recorded_at"], entry["id"], leaf_hash(content))
        for number, (entry, content) in enumerate(zip(entries, written, strict=True))
    ]
    await owner.execute("delete from accesslog.leaf")
    await owner.copy_records_to_table("leaf", records=leaves, columns=LEAF, schema_name="accesslog")
    await owner.execute("analyze accesslog.leaf")
    return written


def _bare(written: list[bytes]) -> Cost:
    clock, processors, tree = time.perf_counter(), time.process_time(), Tree()
    for content in written:
        tree.add(leaf_hash(content))
    return Cost(_each(clock, time.perf_counter(), written), _each(processors, time.process_time(), written))


def _each(since: float, until: float, written: list[bytes]) -> float:
    return (until - since) / len(written) * 1e6


async def _verified(connections: list[Any], spent: list[Callable[[], float]], many: int) -> Cost:
    key = Signer("bench/log", Ed25519PrivateKey.generate()).verifier
    before, clock, processors = sum(each() for each in spent), time.perf_counter(), time.process_time()
    found = await verify(
        connections[0], key, asked=ASKED, readers=connections[1:], sides=False
    )  # those are the whole world's
    assert found.size == many
    took, own = time.perf_counter() - clock, time.process_time() - processors
    for connection in connections:
        await connection.fetchval("select 1")  # the statement before is done, and its time is counted
    return Cost(took / many * 1e6, (own + sum(each() for each in spent) - before) / many * 1e6)
