"""Verifying the sealed log, with all that it reads and writes anew, against hashing the same bytes alone: by the clock,
where it has all cores and the hashing one, and by the processor time of all its processes, where both have the same.
The start of the processes that read for it, once a verification, is not in it.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.run import Run
from bench.table import Row
from bench.turns import spent_by
from portal.accesslog.seal.apart import apart
from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.note import Checkpoint, Signer
from portal.accesslog.seal.questions import AS_OWNER, COUNTED
from portal.accesslog.seal.tree import Tree, leaf_hash
from portal.accesslog.seal.verify import verify
from portal.operate.cluster import SUPERUSER

MANY = 1_000_000  # so that what a verification begins and ends with weighs as little as in a log of millions
LEAST_SHARE = 0.5
LEAF = ("number", "recorded_at", "entry_id", "hash")
NEWEST = """
select * from (select * from accesslog.entry order by recorded_at desc, id desc limit $1) as entry
order by recorded_at, id
"""
SEALED = (
    "insert into accesslog.checkpoint (size, root, edges, note, until) values ($1, $2, $3, $4, pg_current_xact_id())"
)
UNSEALED = "delete from accesslog.leaf; delete from accesslog.checkpoint"
# Of the log, this seals the newest part, and counts no other. Side rows are the whole world's, too.
PART = "from accesslog.entry where recorded_at >= (select min(recorded_at) from accesslog.leaf))"
ASKED = replace(AS_OWNER, counted=COUNTED.replace("from accesslog.entry)", PART))


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds an entry, by the clock and of processor time."""

    clock: float
    processors: float


async def measure(run: Run) -> list[Row]:
    """The newest entries, whose leaves are put there and taken away again."""
    owner = await run.world.connect()
    await owner.execute("set max_parallel_workers_per_gather = 0")  # whose time would not be counted
    await owner.execute("set session_replication_role = replica")  # leaves cannot be taken away otherwise
    signer = Signer("bench/log", Ed25519PrivateKey.generate())
    written = await _sealed(owner, signer)
    floors, costs = list[Cost](), list[Cost]()
    url = run.world.cluster.url(SUPERUSER, run.world.sizes.name)
    try:
        for _turn in range(run.rounds + 1):
            floors.append(_bare(written))
            costs.append(await _verified(owner, url, signer, len(written)))
    finally:
        await owner.execute(UNSEALED)
        await owner.close()
    said = f"verify, {len(written):,} entries"
    clock, floor = (_middle([cost.clock for cost in each]) for each in (costs, floors))
    processors, bare = (_middle([cost.processors for cost in each]) for each in (costs, floors))
    measured, hashed, share = f"{1e6 / clock:.0f}/s", f"hash {1e6 / floor:.0f}/s", floor / clock
    spent = f"{processors:.2f} µs each", f"hash {bare:.2f} µs each", f"{bare / processors:.0%}"
    return [
        Row(f"{said}: all cores to one", measured, hashed, f"{share:.0%}", "≥ 50%", share >= LEAST_SHARE),
        Row(f"{said}: processor time", *spent),
    ]


def _middle(values: Sequence[float]) -> float:
    """Without the first, which fills caches and plans."""
    return sorted(values[1:])[len(values[1:]) // 2]


async def _sealed(owner: Any, signer: Signer) -> list[bytes]:
    """The bytes of the entries that have leaves now, and one checkpoint."""
    await owner.execute(UNSEALED)
    written, leaves, tree = list[bytes](), list[tuple[int, Any, Any, bytes]](), Tree()
    async with owner.transaction():
        async for entry in owner.cursor(NEWEST, MANY):
            written.append(sealed_bytes(entry))
            leaf = leaf_hash(written[-1])
            leaves.append((tree.size, entry["recorded_at"], entry["id"], leaf))
            tree.add(leaf)
    await owner.copy_records_to_table("leaf", records=leaves, columns=LEAF, schema_name="accesslog")
    note = signer.signed(Checkpoint(signer.name, tree.size, tree.root))
    await owner.execute(SEALED, tree.size, tree.root, tree.edges, note)
    await owner.execute("vacuum analyze accesslog.leaf")
    return written


def _bare(written: list[bytes]) -> Cost:
    clock, processors, tree = time.perf_counter(), time.process_time(), Tree()
    for content in written:
        tree.add(leaf_hash(content))
    return Cost(_each(clock, time.perf_counter(), written), _each(processors, time.process_time(), written))


def _each(since: float, until: float, written: list[bytes]) -> float:
    return (until - since) / len(written) * 1e6


async def _verified(owner: Any, url: str, signer: Signer, many: int) -> Cost:
    async with (
        owner.transaction(isolation="repeatable_read", readonly=True),
        apart(owner, url, ASKED.pages, os.cpu_count() or 1) as readers,
    ):
        processes = [
            os.getpid(),
            owner.get_server_pid(),
            *(one for each in readers for one in (each.process, each.server)),
        ]
        spent = [spent_by(process) for process in processes]
        before, clock = sum(each() for each in spent), time.perf_counter()
        found = await verify(owner, signer.verifier, asked=ASKED, readers=readers, sides=False)
        took = time.perf_counter() - clock
        assert (found.size, found.wrong, found.waiting) == (many, [], 0)
        await owner.fetchval("select 1")  # the statement before is done, and its time is counted
        return Cost(took / many * 1e6, (sum(each() for each in spent) - before) / many * 1e6)
