"""Sealing what was committed: its leaves, and a checkpoint over all. One sealer at a time, however many workers run."""

from pathlib import Path
from typing import Any

from portal.accesslog.seal import keys
from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.note import Checkpoint
from portal.accesslog.seal.tree import Tree, leaf_hash

BATCH = 5_000
UNSEALED = "select * from gate.unsealed($1)"
NEWEST = "select * from gate.newest_checkpoint()"
SEAL = "select gate.seal($1, $2, $3, $4, $5, $6, $7, $8)"


async def seal(connection: Any, folder: Path, name: str) -> int:
    """Seal all that is committed; returns how many entries. `folder` holds the key, `name` is what a new one is for.

    Raises KeyMissing, NoteWrong, UnknownSchema, and what asyncpg raises.
    """
    done = 0
    while sealed := await _batch(connection, folder, name):
        done += sealed
        if sealed < BATCH:
            break
    return done


async def _batch(connection: Any, folder: Path, name: str) -> int:
    async with connection.transaction():
        rows = await connection.fetch(UNSEALED, BATCH)
        if not rows:
            return 0
        newest = await connection.fetchrow(NEWEST)
        tree = Tree(newest["size"], list(newest["edges"])) if newest else Tree()
        signer = keys.load(folder, name=name, sealed_before=newest is not None)
        first, leaves = tree.size, [leaf_hash(sealed_bytes(row)) for row in rows]
        for leaf in leaves:
            tree.add(leaf)
        note = signer.signed(Checkpoint(signer.name, tree.size, tree.root))
        ids, moments = [row["id"] for row in rows], [row["recorded_at"] for row in rows]
        await connection.execute(SEAL, first, ids, moments, leaves, tree.root, tree.edges, note, signer.verifier.text)
    return len(rows)
