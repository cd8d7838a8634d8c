"""What somebody with the whole database in their hands does to a sealed log, and who notices.

`python -m tests.accesslog.tampering 1000` makes the table of docs/log-format.md: tries by kind, and who found how many.
These are `portal log verify` by itself, and with a checkpoint that was kept elsewhere. They are also a verifier that
shares no code with it, and a witness that had cosigned the log before.
"""

import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from obstore.store import MemoryStore

from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.note import Checkpoint, Signer, read
from portal.accesslog.seal.place import Place
from portal.accesslog.seal.publish import CHECKPOINT
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.tiles import Edge
from portal.accesslog.seal.tree import Tree, leaf_hash
from portal.accesslog.seal.verify import verify
from portal.accesslog.seal.witness import Home, Refused, look
from tests.accesslog.second_verifier import faults
from tests.database import copy_of, make_template, throwaway_cluster
from tests.disclosure.stage import Stage
from tests.people import cast

SEALS = 8
COPIED = (
    "action, actor_id, role, company_id, session_id, request_id, introduction_id, purpose, items, decision, reasons,"
    " consent_id, agreement_id, facts, commitment"
)
CHANGES = (
    "action = case action when 'listed' then 'page_shown' else 'listed' end",
    "actor_id = gen_random_uuid()",
    "role = 'compliance'",
    "company_id = gen_random_uuid()",
    "introduction_id = gen_random_uuid()",
    "purpose = purpose # 1",
    "items = items # 4",
    "decision = case decision when 'refused' then 'permitted' else 'refused' end",
    "consent_id = gen_random_uuid()",
    "agreement_id = null",
    "commitment = sha256(commitment)",
    "facts = jsonb_build_object('name', true)",
    "request_id = null",
    "recorded_at = recorded_at + interval '1 microsecond'",
)
# What nobody could have sealed, and a text that ends its own quotes to pass for more than one member.
HOSTILE = (
    "facts = '[1]'",
    "facts = jsonb_build_object('name', 1e30)",
    """role = role || '","schema":2,"session":"' || session_id, session_id = null""",
)


@dataclass
class Sealed:
    """A log that was sealed: a superuser on it, the log's key, the last checkpoint, and the entries by number."""

    superuser: Any
    signer: Signer
    kept: Checkpoint
    entries: list[Any]
    witness: Home


async def sealed_log(stage: Stage, folder: Path, seals: int = SEALS) -> Sealed:
    """Look at people, and seal after each time."""
    people = stage.people
    worker = await stage.database.connect("portal_worker")
    note = ""
    for _time in range(seals):
        await stage.shown(people.aiko, people.linh, people.marta)
        await stage.shown(people.aiko, people.noor, purpose="contact")
        await stage.search(people.aiko)
        await seal(worker, folder, "test/log")
        note = await stage.owner.fetchval("select note from accesslog.checkpoint order by size desc limit 1")
    signer = await signer_of(folder)
    superuser = await stage.database.connect("postgres")
    rows = await superuser.fetch(
        "select entry.* from accesslog.entry join accesslog.leaf on entry_id = id order by number"
    )
    await superuser.execute("set session_replication_role = replica")  # no trigger stands in such a person's way
    log = Sealed(superuser, signer, read(note, signer.verifier), rows, Home(folder / "witness"))
    log.witness.make("witness.example")
    await look(await published(log), signer.verifier, log.witness, 1)
    return log


async def published(log: Sealed) -> Place:
    """The log as somebody publishes it who wants to be believed: tiles of its leaves, and its newest checkpoint."""
    place, edge = Place(MemoryStore()), Edge()
    for row in await log.superuser.fetch("select hash from accesslog.leaf order by number"):
        for name, content in edge.add(row["hash"]):
            await place.write(name, content)
    for name, content in edge.shorter():
        await place.write(name, content)
    note = await log.superuser.fetchval("select note from accesslog.checkpoint order by size desc limit 1")
    await place.write(CHECKPOINT, note.encode())
    return place


async def signer_of(folder: Path) -> Signer:
    """The log's key as somebody has it who has the worker's files."""
    from portal.accesslog.seal import keys

    return keys.load(folder, name="", sealed_before=True)


async def change(log: Sealed, chance: random.Random) -> None:
    """Alter one thing of one entry."""
    entry = chance.choice(log.entries)
    await log.superuser.execute(f"update accesslog.entry set {chance.choice(CHANGES)} where id = $1", entry["id"])


async def change_and_its_leaf(log: Sealed, chance: random.Random) -> None:
    """Alter an entry, and make its leaf fit."""
    entry = chance.choice(log.entries)
    await log.superuser.execute("update accesslog.entry set items = items # 1 where id = $1", entry["id"])
    altered = await log.superuser.fetchrow("select * from accesslog.entry where id = $1", entry["id"])
    await log.superuser.execute(
        "update accesslog.leaf set hash = $2 where entry_id = $1", entry["id"], leaf_hash(sealed_bytes(altered))
    )


async def delete(log: Sealed, chance: random.Random) -> None:
    """Take an entry away."""
    await log.superuser.execute("delete from accesslog.entry where id = $1", chance.choice(log.entries)["id"])


async def delete_with_its_leaf(log: Sealed, chance: random.Random) -> None:
    """Take an entry and its leaf away, and close the gap in the numbers."""
    at = chance.randrange(len(log.entries))
    await log.superuser.execute("delete from accesslog.entry where id = $1", log.entries[at]["id"])
    await log.superuser.execute("delete from accesslog.leaf where number = $1", at)
    await log.superuser.execute("update accesslog.leaf set number = -number where number > $1", at)
    await log.superuser.execute("update accesslog.leaf set number = -number - 1 where number < 0")


async def insert(log: Sealed, chance: random.Random) -> None:
    """Put an entry among those that are sealed."""
    entry = chance.choice(log.entries[:-5])
    await log.superuser.execute(
        f"insert into accesslog.entry (id, recorded_at, transaction, {COPIED})"
        f" select accesslog.entry_id(recorded_at), recorded_at, transaction, {COPIED}"
        " from accesslog.entry where id = $1",
        entry["id"],
    )


async def reorder(log: Sealed, chance: random.Random) -> None:
    """Let two leaves change places."""
    one, other = chance.sample(range(len(log.entries)), 2)
    for number, to in ((one, -1), (other, one), (-1, other)):
        await log.superuser.execute("update accesslog.leaf set number = $2 where number = $1", number, to)


async def truncate(log: Sealed, chance: random.Random) -> None:
    """Cut off the end: entries and leaves, and their checkpoints stay."""
    await _cut(log, chance.randrange(1, len(log.entries)))


async def restore_a_backup(log: Sealed, chance: random.Random) -> None:
    """Everything as it was at an earlier checkpoint, which was rightly signed."""
    sizes = await log.superuser.fetch("select size from accesslog.checkpoint order by size")
    size = chance.choice(sizes[:-1])["size"]
    await _cut(log, size)
    await log.superuser.execute("delete from accesslog.checkpoint where size > $1", size)


async def fork(log: Sealed, chance: random.Random) -> None:
    """Another history from a point on, signed anew with the log's own key."""
    await change(log, chance)
    await _sign_anew(log)


async def sign_anew(log: Sealed, chance: random.Random) -> None:
    """Take an entry away without a trace in the database, and sign anew with the log's own key."""
    await delete_with_its_leaf(log, chance)
    await _sign_anew(log)


async def _cut(log: Sealed, size: int) -> None:
    await log.superuser.execute(
        "delete from accesslog.entry where id in (select entry_id from accesslog.leaf where number >= $1)", size
    )
    await log.superuser.execute("delete from accesslog.leaf where number >= $1", size)


async def _sign_anew(log: Sealed) -> None:
    rows = await log.superuser.fetch(
        "select entry.* from accesslog.leaf join accesslog.entry on entry.id = entry_id order by number"
    )
    sizes = {row["size"] for row in await log.superuser.fetch("select size from accesslog.checkpoint")}
    await log.superuser.execute("delete from accesslog.checkpoint")
    tree = Tree()
    for number, row in enumerate(rows):
        leaf = leaf_hash(sealed_bytes(row))
        await log.superuser.execute("update accesslog.leaf set hash = $2 where number = $1", number, leaf)
        tree.add(leaf)
        if tree.size in sizes or tree.size == len(rows):
            note = log.signer.signed(Checkpoint(log.signer.name, tree.size, tree.root))
            await log.superuser.execute(
                "insert into accesslog.checkpoint (size, root, edges, note, until) values ($1, $2, $3, $4, $5)",
                tree.size, tree.root, tree.edges, note, row["transaction"],
            )  # fmt: skip


Tampering = Callable[[Sealed, random.Random], Awaitable[None]]
BY_ITSELF: tuple[Tampering, ...] = (
    change,
    change_and_its_leaf,
    delete,
    delete_with_its_leaf,
    insert,
    reorder,
    truncate,
)
WITH_WHAT_WAS_KEPT: tuple[Tampering, ...] = (restore_a_backup, fork, sign_anew)


@dataclass(frozen=True)
class Found:
    """Who found a tampering: the verifier from the database alone, the second one, the first with a checkpoint that was
    kept, and the witness from what is published."""

    alone: bool
    second: bool
    kept: bool
    witness: bool


async def tried(log: Sealed, tampering: Tampering, chance: random.Random) -> Found:
    """Who finds a tampering; then it is undone."""
    held = log.superuser.transaction()
    await held.start()
    try:
        await tampering(log, chance)
        alone = await verify(log.superuser, log.signer.verifier)
        second = await faults(log.superuser, log.signer.verifier.text)
        both = await verify(log.superuser, log.signer.verifier, log.kept)
        refused = await _is_refused(log)
    finally:
        await held.rollback()
    return Found(bool(alone.wrong), bool(second), bool(both.wrong), refused)


async def _is_refused(log: Sealed) -> bool:
    try:
        await look(await published(log), log.signer.verifier, log.witness, 2)
    except Refused:
        return True
    return False


async def _table(stage: Stage, tries: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = await sealed_log(stage, Path(folder))
        chance = random.Random(12)
        counted: Counter[tuple[str, str]] = Counter()
        for number in range(tries):
            tampering = (*BY_ITSELF, *WITH_WHAT_WAS_KEPT)[number % 10]
            found = await tried(log, tampering, chance)
            counted.update({(tampering.__name__, word): value for word, value in asdict(found).items()})
            counted[tampering.__name__, "tries"] += 1
    print(  # noqa: T201
        "| what was done | tries | verifier | second verifier | verifier with a kept checkpoint | witness |\n"
        "|---|---|---|---|---|---|"
    )
    for tampering in (*BY_ITSELF, *WITH_WHAT_WAS_KEPT):
        name = tampering.__name__
        cells = (counted[name, word] for word in ("tries", "alone", "second", "kept", "witness"))
        print(f"| {name.replace('_', ' ')} | {' | '.join(map(str, cells))} |")  # noqa: T201


async def _main(database: Any, tries: int) -> None:
    owner, web = await database.connect("portal_owner"), await database.connect("portal_web")
    people = cast(datetime.now(UTC))
    await people.world.write(owner)
    await _table(Stage(database, owner, web, people), tries)


if __name__ == "__main__":
    with throwaway_cluster() as cluster, copy_of(make_template(cluster), cluster) as made:
        asyncio.run(_main(made, int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
