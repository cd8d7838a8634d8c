"""Verifying the sealed log, with all that it reads and writes anew, against hashing the same bytes alone."""

import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.run import Run
from bench.table import Row
from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.note import Signer
from portal.accesslog.seal.tree import Tree, leaf_hash
from portal.accesslog.seal.verify import verify

MANY = 50_000
LEAST_SHARE = 0.5
LEAF = ("number", "recorded_at", "entry_id", "hash")


async def measure(run: Run) -> list[Row]:
    """The newest entries, sealed in a transaction that is undone."""
    await run.world.refresh()
    connection = await run.world.connect()
    held = connection.transaction()
    await held.start()
    try:
        entries = await connection.fetch("select * from accesslog.entry order by recorded_at desc limit $1", MANY)
        written = [sealed_bytes(entry) for entry in entries]
        leaves = [
            (number, entry["recorded_at"], entry["id"], leaf_hash(content))
            for number, (entry, content) in enumerate(zip(entries, written, strict=True))
        ]
        await connection.execute("delete from accesslog.leaf")
        await connection.copy_records_to_table("leaf", records=leaves, columns=LEAF, schema_name="accesslog")
        floors, rates = [], []
        for _turn in range(run.rounds + 1):
            floors.append(_bare(written))
            rates.append(await _verified(connection, len(entries)))
    finally:
        await held.rollback()
        await connection.close()
    floor, rate = sorted(floors)[len(floors) // 2], sorted(rates)[len(rates) // 2]
    said = f"verify, {len(entries):,} entries"
    return [
        Row(said, f"{rate:.0f}/s", f"hash {floor:.0f}/s", f"{rate / floor:.0%}", "≥ 50%", rate / floor >= LEAST_SHARE)
    ]


def _bare(written: list[bytes]) -> float:
    since, tree = time.perf_counter(), Tree()
    for content in written:
        tree.add(leaf_hash(content))
    return len(written) / (time.perf_counter() - since)


async def _verified(connection: Any, many: int) -> float:
    key = Signer("bench/log", Ed25519PrivateKey.generate()).verifier
    since = time.perf_counter()
    found = await verify(connection, key, sides=False)  # those are the whole world's
    assert found.size == many
    return many / (time.perf_counter() - since)
