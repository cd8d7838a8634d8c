"""P4 and P5: an entry is never changed or removed; its side row can be erased, and the entry still verifies."""

import hashlib
from datetime import UTC, datetime
from ipaddress import IPv4Address, IPv6Address
from itertools import product
from uuid import UUID

import asyncpg
import pytest

from tests.database import Database
from tests.disclosure.stage import Stage
from tests.people import cast

CHANGES = (
    "update {} set recorded_at = recorded_at",
    "delete from {}",
    "truncate {}",
    "truncate {} cascade",
)


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The cast, and one entry of Aiko's look at Linh."""
    owner, web = await database.connect("portal_owner"), await database.connect("portal_web")
    people = cast(datetime.now(UTC))
    await people.world.write(owner)
    stage = Stage(database, owner, web, people)
    await stage.shown(people.aiko, people.linh, ip="10.1.2.3")
    return stage


@pytest.mark.parametrize("role", ["portal_owner", "portal_web", "portal_worker", "postgres"])
async def test_p4_nobody_changes_or_removes_an_entry(stage: Stage, role: str) -> None:
    """Not the owner either, nor by the partition's own name."""
    connection, before = await stage.database.connect(role), await stage.entries()
    partition = await stage.owner.fetchval("select tableoid::regclass::text from accesslog.entry")
    for change, table in product(CHANGES, ("accesslog.entry", partition)):
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute(change.format(table))
        assert (await stage.entries(), len(before)) == (before, 1), change


async def test_p4_the_gate_itself_may_only_add_entries(stage: Stage) -> None:
    rights = await stage.owner.fetch(
        "select distinct relname, kind from pg_class, unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'INSERT']) as kind"
        " where relnamespace = 'accesslog'::regnamespace and relkind in ('r', 'p')"
        " and has_table_privilege('portal_gate', oid, kind)"
    )
    counted = {("unsigned_act", "INSERT"), ("unsigned_act", "DELETE")}  # no entries: the worker makes entries of them
    sealed = {("leaf", "INSERT"), ("checkpoint", "INSERT"), ("cosignature", "INSERT")}
    # A side row goes when its person is erased: no entry holds what it says, and no other function removes one.
    erased = {("entry_subject", "DELETE")}
    added = {("entry", "INSERT"), ("entry_subject", "INSERT")}
    assert {tuple(row) for row in rights} == added | sealed | counted | erased
    removing = await stage.owner.fetch(
        "select proname from pg_proc where pronamespace = 'gate'::regnamespace"
        " and prosrc ~ 'delete from accesslog.entry_subject'"
    )
    assert [row["proname"] for row in removing] == ["erase_person"]


async def test_p4_the_commitment_verifies_from_the_side_row(stage: Stage) -> None:
    """Computed here from the documented layout alone."""
    row = await stage.owner.fetchrow(
        "select entry.commitment, side.* from accesslog.entry"
        " join accesslog.entry_subject side on side.entry_id = entry.id"
    )
    assert row["candidate_id"] == stage.people.linh.candidate.id
    assert (str(row["ip"]), row["agent"]) == ("10.1.2.3", "Tests/1.0")
    assert len(row["salt"]) == 16
    assert commitment(row["salt"], row["candidate_id"], row["ip"], row["agent"]) == row["commitment"]
    assert commitment(row["salt"], row["candidate_id"], row["ip"], "another") != row["commitment"]


async def test_p5_erasing_the_side_row_leaves_the_entry(stage: Stage) -> None:
    before = await stage.entries()
    assert await stage.owner.execute("delete from accesslog.entry_subject") == "DELETE 1"
    assert await stage.entries() == before


async def test_p5_the_entry_holds_nothing_that_names_the_person(stage: Stage) -> None:
    (entry,) = await stage.entries()
    told = " ".join(str(value) for value in entry.values())
    for value in (stage.people.linh.candidate.id, "10.1.2.3", "Tests/1.0", "linh", "Linh"):
        assert str(value) not in told


async def test_p4_a_side_row_is_erased_or_kept_but_never_rewritten(stage: Stage) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await stage.owner.execute("update accesslog.entry_subject set candidate_id = null")
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        await stage.owner.execute("truncate accesslog.entry_subject")


async def test_p6_partitions_are_made_for_a_year_ahead_and_making_them_twice_changes_nothing(stage: Stage) -> None:
    worker = await stage.database.connect("portal_worker")
    assert await worker.fetchval("select accesslog.keep_partitions()") == 0
    assert await worker.fetchval("select accesslog.keep_partitions(14)") == 4
    assert await stage.owner.fetchval("select accesslog.make_partitions('2026-01-31', '2026-02-01')") == 4
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="make_partitions"):
        await worker.fetchval("select accesslog.make_partitions('2026-01-31', '2026-02-01')")
    bare = await stage.owner.fetch(
        "select relname from pg_class where relnamespace = 'accesslog'::regnamespace and relkind in ('r', 'p')"
        " and not (relrowsecurity and relforcerowsecurity)"
    )
    assert bare == []
    for name in await stage.owner.fetch(
        "select inhrelid::regclass::text as name from pg_inherits"
        " where inhparent::regclass::text like 'accesslog.entry%' and inhrelid::regclass::text !~ 'idx|key'"
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await stage.owner.execute(f"truncate {name['name']}")


def commitment(salt: bytes, candidate: UUID | None, ip: IPv4Address | IPv6Address | None, agent: str | None) -> bytes:
    """SHA-256 over salt, candidate id (zeros when none), and each text with its length in four bytes before it."""
    texts = [(str(ip) if ip else "").encode(), (agent or "").encode()]
    data = salt + (candidate.bytes if candidate else bytes(16))
    return hashlib.sha256(data + b"".join(len(text).to_bytes(4) + text for text in texts)).digest()
