"""P4: what was sealed cannot be changed unseen, not by somebody with the whole database either."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.accesslog.seal import document as document_of
from portal.accesslog.seal import keys, page, sealer
from portal.accesslog.seal.note import Checkpoint, NoteWrong, Signer, Verifier, read
from portal.accesslog.seal.questions import AS_OWNER, AS_WORKER
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.tree import EMPTY, Tree, included, inclusion, leaf_hash, root_of
from portal.accesslog.seal.verify import verify
from tests.accesslog.second_verifier import faults
from tests.accesslog.tampering import (
    BY_ITSELF,
    COPIED,
    HOSTILE,
    WITH_WHAT_WAS_KEPT,
    Found,
    Sealed,
    Tampering,
    sealed_log,
    tried,
)
from tests.database import Database, finish
from tests.disclosure.stage import Stage
from tests.people import cast

# The leaf of nothing, for an entry that is not there.
EMPTIED = r"""
with gone as (delete from accesslog.entry where id = $1)
update accesslog.leaf set hash = sha256('\x00') where entry_id = $1
"""
TRIES = 6  # of each kind; tests/accesslog/tampering.py makes a thousand


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The cast, who have done nothing yet."""
    people, owner = cast(datetime.now(UTC)), await database.connect("portal_owner")
    await people.world.write(owner)
    return Stage(database, owner, await database.connect("portal_web"), people)


@pytest.fixture(scope="module")
def sealed_once(module_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """A log that was sealed eight times, for the tests of this file that undo what they do to it."""

    async def sealed() -> Sealed:
        people, owner = cast(datetime.now(UTC)), await module_database.connect("portal_owner")
        await people.world.write(owner)
        stage = Stage(module_database, owner, await module_database.connect("portal_web"), people)
        return await sealed_log(stage, tmp_path_factory.mktemp("log"))

    return finish(sealed())


@pytest.fixture
async def log(module_database: Database, sealed_once: Sealed) -> AsyncIterator[Sealed]:
    """That log, and a superuser on it whose triggers stand still."""
    superuser = await module_database.connect("postgres")
    await superuser.execute("set session_replication_role = replica")
    yield replace(sealed_once, superuser=superuser)
    await superuser.close()


async def test_p4_an_untouched_log_verifies(log: Sealed) -> None:
    found = await verify(log.superuser, log.signer.verifier, log.kept)
    assert (found.wrong, found.waiting, found.size, found.checkpoints) == ([], 0, len(log.entries), 8)
    assert found.root == log.kept.root


@pytest.mark.parametrize("tampering", BY_ITSELF)
async def test_p4_every_tampering_is_found_from_the_database_alone(log: Sealed, tampering: Tampering) -> None:
    """By each of the two verifiers."""
    for seed in range(TRIES):
        found = await tried(log, tampering, random.Random(seed))
        assert (found.alone, found.second, found.kept) == (True, True, True), seed


@pytest.mark.parametrize("tampering", WITH_WHAT_WAS_KEPT)
async def test_p4_what_was_signed_anew_is_found_by_the_witness(log: Sealed, tampering: Tampering) -> None:
    """And by whoever kept a checkpoint. From the database alone it cannot be: nothing in it disagrees."""
    for seed in range(TRIES):
        found = await tried(log, tampering, random.Random(seed))
        assert found == Found(alone=False, second=False, kept=True, witness=True), seed


async def test_every_column_of_an_entry_is_sealed(log: Sealed) -> None:
    """A column that is added later has to be told to the seal."""
    sealed = {*document_of.PLAIN, *document_of.IDS, *document_of.HASHES, *document_of.OTHERWISE}
    assert set(log.entries[0].keys()) == sealed | document_of.NOT_SEALED


@pytest.mark.parametrize("fact", ['a\u0001\x7f\\"/\u2028é漢𠮟', True, 0, -5, 2**53 - 1, 1.5, 1e30, 5.0])
def test_the_bytes_are_those_of_rfc_8785(fact: object) -> None:
    document: Any = {"schema": 2, "items": 16383, "reasons": ["a", "b"], "id": "x", "facts": {"b": fact, "a": fact}}
    assert document_of.canonical(document) == rfc8785.dumps(document)


async def test_a_verifier_that_shares_no_code_finds_nothing_wrong_with_an_untouched_log(log: Sealed) -> None:
    assert await faults(log.superuser, log.signer.verifier.text) == []
    other = Signer(log.signer.name, Ed25519PrivateKey.generate()).verifier.text
    assert len(await faults(log.superuser, other)) == 8, "the checkpoints are not signed with another key"


async def test_p5_an_erased_side_row_leaves_the_proof_whole(log: Sealed) -> None:
    held = log.superuser.transaction()
    await held.start()
    await log.superuser.execute("delete from accesslog.entry_subject")
    assert (await verify(log.superuser, log.signer.verifier, log.kept)).wrong == []
    await held.rollback()


async def test_each_fault_is_named(log: Sealed) -> None:
    """Of what is wrong with the leaves, the checkpoints and how far they go."""
    other = Signer(log.signer.name, Ed25519PrivateKey.generate())
    resigned = other.signed(log.kept)
    elsewhere = log.signer.signed(Checkpoint(log.signer.name, log.kept.size, bytes(32)))
    tampered = {
        "unreadable": ("update accesslog.entry set schema_version = 9 where id = $1", log.entries[0]["id"]),
        "missing": (EMPTIED, log.entries[0]["id"]),
        "moved": ("update accesslog.leaf set number = 1000 where number = $1", log.kept.size - 1),
        "moved far": ("update accesslog.leaf set number = 1000000 where number = $1", log.kept.size - 1),
        "rolled_back": ("delete from accesslog.leaf where number >= $1", log.kept.size - 2),
        "checkpoint": ("update accesslog.checkpoint set note = $1", resigned),
        "checkpoint of another": ("update accesslog.checkpoint set note = $1", elsewhere),
        **{
            f"changed: {change}": (f"update accesslog.entry set {change} where id = $1", log.entries[0]["id"])
            for change in HOSTILE
        },
    }
    for kind, (statement, value) in tampered.items():
        held = log.superuser.transaction()
        await held.start()
        await log.superuser.execute(statement, value)
        found = await verify(log.superuser, log.signer.verifier, log.kept)
        await held.rollback()
        assert kind.split()[0].strip(":") in {fault.kind for fault in found.wrong}, kind
        assert all(fault.said for fault in found.wrong)
    longer = Checkpoint(log.kept.name, log.kept.size + 1, log.kept.root)
    (fault,) = (await verify(log.superuser, log.signer.verifier, longer)).wrong
    assert fault.kind == "rolled_back"
    assert (await verify(log.superuser, log.signer.verifier, Checkpoint(log.kept.name, 0, EMPTY))).wrong == []
    faulty = await verify(log.superuser, other.verifier, most=3)
    assert len(faulty.wrong) == 3, "it stops"


# A column of another kind, whose text has what ends its quotes; each entry's bytes stay as they were.
ANOTHER_KIND = """
alter table accesslog.entry alter column actor_id type text;
update accesslog.entry set actor_id = concat(actor_id, '","agreement":"', agreement_id), agreement_id = null
where actor_id is not null and agreement_id is not null
"""
# What is asked of the server by names that somebody else has given to something of their own.
OWN_FUNCTION = """
create function public.to_json(text) returns json language sql
as $$ select pg_catalog.to_json(case $1 when 'page_shown' then 'listed' else $1 end) $$;
update accesslog.entry set action = 'page_shown' where action = 'listed'
"""
COPY_OF_AN_ENTRY = f"""
insert into accesslog.entry (id, recorded_at, transaction, {COPIED})
select {{}}, recorded_at + interval '1 microsecond', transaction, {COPIED} from accesslog.entry
where id = (select entry_id from accesslog.leaf where number = 0)
"""
WITH_THE_SAME_ID = COPY_OF_AN_ENTRY.format("id")
OF_A_TRANSACTION_TO_COME = WITH_THE_SAME_ID.replace("microsecond', transaction", "microsecond', '4611686018427387904'")
OF_NO_TRANSACTION = f"""
alter table accesslog.entry alter column transaction drop not null;
{COPY_OF_AN_ENTRY.format("gen_random_uuid()").replace("microsecond', transaction", "microsecond', null")}
"""
# The entry that is put there is counted in place of one that was sealed.
IN_ANOTHERS_PLACE = f"""
alter table accesslog.entry alter column transaction drop not null;
update accesslog.entry set transaction = null where id = (select entry_id from accesslog.leaf where number = 5);
{COPY_OF_AN_ENTRY.format("gen_random_uuid()")}
"""
WITH_A_LEAF_BEFORE_ALL = f"""
{COPY_OF_AN_ENTRY.format("gen_random_uuid()")};
insert into accesslog.leaf (number, recorded_at, entry_id, hash)
select -1, recorded_at, id, commitment from accesslog.entry where id not in (select entry_id from accesslog.leaf)
"""
ANOTHER_PERSON = """
update accesslog.entry_subject set candidate_id = (
    select other.candidate_id from accesslog.entry_subject as other
    where other.candidate_id <> entry_subject.candidate_id order by other.candidate_id limit 1)
where candidate_id is not null
"""
WITH_ANOTHERS_NUMBER = f"""
alter table accesslog.leaf drop constraint leaf_pkey;
create index on accesslog.leaf (number);
{COPY_OF_AN_ENTRY.format("gen_random_uuid()")};
insert into accesslog.leaf (number, recorded_at, entry_id, hash)
select 7, recorded_at, id, commitment from accesslog.entry where id not in (select entry_id from accesslog.leaf)
"""
BEHIND_A_VIEW = f"""
{COPY_OF_AN_ENTRY.format("gen_random_uuid()")};
alter table accesslog.entry rename to entry_of_all;
create view accesslog.entry as select * from accesslog.entry_of_all where id in (select entry_id from accesslog.leaf)
"""
BEHIND_A_POLICY = f"""
{COPY_OF_AN_ENTRY.format("gen_random_uuid()")};
create policy behind on accesslog.entry as restrictive to portal_owner using (false)
"""
OWN_FUNCTION_OF_THE_SERVERS = """
alter table accesslog.entry drop constraint listed;
create function pg_catalog.to_json(text) returns json language sql
as $$ select ('"' || case $1 when 'lifted' then 'listed' else $1 end || '"')::json $$;
update accesslog.entry set action = 'lifted' where action = 'listed'
"""
# An index that lacks an entry, by which the server would rather count.
BESIDE_AN_INDEX = f"""
create temp table by_transaction on commit drop as
select indexrelid from pg_index where pg_get_indexdef(indexrelid) ~ 'accesslog.entry_.*\\(transaction\\)$';
update pg_index set indisready = false where indexrelid in (select * from by_transaction);
{COPY_OF_AN_ENTRY.format("gen_random_uuid()")};
update pg_index set indisready = true where indexrelid in (select * from by_transaction);
set local enable_seqscan = off
"""
HUGE_NUMBER = """
update accesslog.entry set facts = ('{"a":' || repeat('9', 5000) || '}')::jsonb
where id = (select entry_id from accesslog.leaf where number = 0)
"""
DEEP = """
update accesslog.entry set facts = (repeat('[', 2000) || repeat(']', 2000))::jsonb
where id = (select entry_id from accesslog.leaf where number = 0)
"""
NO_CHECKPOINT = """
alter table accesslog.checkpoint alter column root drop not null, alter column note drop not null;
update accesslog.checkpoint set root = null, note = null
"""
AT_THE_LAST_NUMBER = """
update accesslog.leaf set number = 9223372036854775807 where number = (select max(number) from accesslog.leaf)
"""
UNSEEN = {
    "added, beside an index": BESIDE_AN_INDEX,
    "changed, to a huge number": HUGE_NUMBER,
    "changed, to what is deep": DEEP,
    "checkpoint, of nothing": NO_CHECKPOINT,
    "moved, to the last number": AT_THE_LAST_NUMBER,
    "unreadable, behind a view": BEHIND_A_VIEW,
    "unreadable, behind a policy": BEHIND_A_POLICY,
    "unreadable, by a function among the server's": OWN_FUNCTION_OF_THE_SERVERS,
    "unreadable": ANOTHER_KIND,
    "changed": OWN_FUNCTION,
    "changed, beside it": ANOTHER_PERSON,
    "added": WITH_THE_SAME_ID,
    "added, of a transaction to come": OF_A_TRANSACTION_TO_COME,
    "added, of no transaction": OF_NO_TRANSACTION,
    "added, in another's place": IN_ANOTHERS_PLACE,
    "moved, at the end of what is read together": WITH_ANOTHERS_NUMBER,
    "added, with a leaf": WITH_A_LEAF_BEFORE_ALL,
}


@pytest.mark.parametrize("kind", UNSEEN)
async def test_p4_what_hides_behind_other_columns_functions_or_leaves_is_found(
    log: Sealed, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command and by the worker, which asks the gate."""
    monkeypatch.setattr(page, "TOGETHER", 8)
    held = log.superuser.transaction()
    await held.start()
    await log.superuser.execute(UNSEEN[kind])
    found = [await verify(log.superuser, log.signer.verifier, asked=asked, page=8) for asked in (AS_OWNER, AS_WORKER)]
    second = await faults(log.superuser, log.signer.verifier.text)
    await held.rollback()
    assert all(kind.split(",")[0] in {fault.kind for fault in one.wrong} for one in found)
    assert second


async def test_a_moment_that_no_entry_can_have_is_said(log: Sealed) -> None:
    held = log.superuser.transaction()
    await held.start()
    await log.superuser.execute("update accesslog.leaf set recorded_at = '0044-03-15 BC' where number = 11")
    for asked, kind in ((AS_OWNER, "unreadable"), (AS_WORKER, "missing")):
        found = await verify(log.superuser, log.signer.verifier, asked=asked, page=8)
        assert kind in {fault.kind for fault in found.wrong}
    await held.rollback()


async def test_a_file_that_holds_no_key_is_said(log: Sealed, tmp_path: Path) -> None:
    (tmp_path / keys.PRIVATE).write_text("PRIVATE+KEY+test/log+00000000+!", encoding="utf-8")
    with pytest.raises(NoteWrong, match="put it back"):
        keys.load(tmp_path, name="", sealed_before=True)
    public = log.signer.verifier.text
    with pytest.raises(NoteWrong, match="do not belong together"):
        Verifier.read(public.replace(log.signer.verifier.id.hex(), "00000000"))


async def test_what_commits_late_is_sealed_late_and_not_missed(stage: Stage, tmp_path: Path) -> None:
    """A number from a sequence or a moment would have passed it over."""
    worker, early = await stage.database.connect("portal_worker"), await stage.database.connect("portal_owner")
    held = early.transaction()
    await held.start()
    await early.fetchval("select gate.record_import('company_imported', null, null, gen_random_uuid())")
    await stage.search(stage.people.aiko)
    assert await seal(worker, tmp_path, "test/log") == 0, "an older transaction is still under way"
    await held.commit()
    sealed = await seal(worker, tmp_path, "test/log")
    assert sealed == len(await stage.entries())


async def test_what_begins_and_ends_while_the_sealer_reads_takes_nobodys_place(stage: Stage, tmp_path: Path) -> None:
    """A sealer that was slow to read took it for another cluster's, sealed it, and passed over what was older."""
    made = "select gate.record_import('company_imported', null, null, gen_random_uuid())"
    worker, early, holder, late = [
        await stage.database.connect(role) for role in ("portal_worker", "portal_owner", "portal_owner", "portal_owner")
    ]
    held, barred = early.transaction(), holder.transaction()
    await stage.search(stage.people.aiko)
    assert await seal(worker, tmp_path, "test/log") > 0
    await held.start()
    await early.fetchval(made)
    await late.fetchval(made)  # a younger one has ended: the newest number lies beyond the older one's
    await barred.start()
    await holder.execute("lock table accesslog.leaf in access exclusive mode")
    sealing = asyncio.create_task(seal(worker, tmp_path, "test/log"))
    waits = "select exists (select from pg_locks where not granted and relation = 'accesslog.leaf'::regclass)"
    for _time in range(3000):
        if await late.fetchval(waits):
            break
        await asyncio.sleep(0.01)
    await late.fetchval(made)
    await held.commit()
    await barred.commit()
    await sealing
    await seal(worker, tmp_path, "test/log")
    signer = keys.load(tmp_path, name="", sealed_before=True)
    found = await verify(stage.owner, signer.verifier)
    assert (found.wrong, found.waiting) == ([], 0)


async def test_two_sealers_at_once_seal_each_entry_once(stage: Stage, tmp_path: Path) -> None:
    workers = [await stage.database.connect("portal_worker") for _number in range(3)]
    for _time in range(5):
        await stage.search(stage.people.aiko)
        await asyncio.gather(*(seal(one, tmp_path, "test/log") for one in workers))
    await seal(workers[0], tmp_path, "test/log")
    signer = keys.load(tmp_path, name="", sealed_before=True)
    found = await verify(stage.owner, signer.verifier)
    assert (found.wrong, found.waiting) == ([], 0)


async def test_a_worker_killed_in_the_middle_leaves_nothing_half_sealed(stage: Stage, tmp_path: Path) -> None:
    chance = random.Random(7)
    for _time in range(12):
        await stage.search(stage.people.aiko)
        worker = await asyncpg.connect(stage.database.url("portal_worker"))
        sealing = asyncio.create_task(seal(worker, tmp_path, "test/log"))
        await asyncio.sleep(chance.random() * 0.01)
        worker.terminate()
        await asyncio.gather(sealing, return_exceptions=True)
    last = await stage.database.connect("portal_worker")
    async with asyncio.timeout(60):  # a server's process that was cut off holds the sealers' lock until it notices
        while await stage.owner.fetchval("select many from gate.waiting_for_the_seal()"):
            await seal(last, tmp_path, "test/log")
    signer = keys.load(tmp_path, name="", sealed_before=True)
    found = await verify(stage.owner, signer.verifier)
    assert (found.wrong, found.waiting, found.size) == ([], 0, len(await stage.entries()))


async def test_the_worker_cannot_skip_repeat_or_invent_a_leaf(log: Sealed, module_database: Database) -> None:
    worker = await module_database.connect("portal_worker")
    one, size = log.entries[0], len(log.entries)
    call = "select gate.seal($1, $2, $3, $4, $5, $6, 'note', 'key')"
    zero = b"\x00" * 32
    for first, ids, error in (
        (size + 1, [one["id"]], asyncpg.ObjectNotInPrerequisiteStateError),
        (size, [one["id"]], asyncpg.UniqueViolationError),
        (size, [one["session_id"]], asyncpg.ForeignKeyViolationError),
    ):
        with pytest.raises(error):
            await worker.execute(call, first, ids, [one["recorded_at"]], [zero], zero, [zero])


@pytest.mark.parametrize("role", ["portal_web", "portal_worker"])
async def test_nobody_reads_or_writes_leaves_but_by_the_gate(log: Sealed, module_database: Database, role: str) -> None:
    connection = await module_database.connect(role)
    for table in ("leaf", "checkpoint"):
        for statement in (f"select * from accesslog.{table}", f"delete from accesslog.{table}"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)


async def test_a_lost_key_stops_the_sealing_and_is_not_made_anew(stage: Stage, tmp_path: Path) -> None:
    await sealed_log(stage, tmp_path, 1)
    worker = await stage.database.connect("portal_worker")
    (tmp_path / keys.PRIVATE).unlink()
    await stage.search(stage.people.aiko)
    with pytest.raises(keys.KeyMissing, match="put it back"):
        await seal(worker, tmp_path, "test/log")
    assert not (tmp_path / keys.PRIVATE).exists()


def test_the_tree_is_that_of_the_rfc() -> None:
    """The roots that RFC 6962's authors publish for their test vectors."""
    leaves = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        bytes(range(0x50, 0x58)),
        bytes(range(0x60, 0x70)),
    ]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    tree = Tree()
    for number, leaf in enumerate(leaves, start=1):
        tree.add(leaf_hash(leaf))
        if number in roots:
            assert tree.root.hex() == roots[number]


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 13])
def test_every_leaf_proves_that_it_is_in_and_no_other_does(size: int) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(size)]
    root = root_of(leaves)
    for number, leaf in enumerate(leaves):
        path = inclusion(leaves, number)
        assert included(root, size, number, leaf, path)
        assert not included(root, size, number, leaf_hash(b"other"), path)
        assert not included(root, size, (number + 1) % size, leaf, path) or size == 1
        assert not included(root, size, number, leaf, [*path, root])
        assert not any(included(root, size, other, leaf, path) for other in (-1, size))


async def test_a_checkpoint_that_somebody_else_signed_is_refused(log: Sealed, tmp_path: Path) -> None:
    stranger: Any = keys.load(tmp_path / "other", name="test/log", sealed_before=False)
    note = stranger.signed(log.kept)
    with pytest.raises(NoteWrong, match="has not signed"):
        read(note, log.signer.verifier)
    assert read(note + log.signer.signature(log.kept), log.signer.verifier, stranger.verifier) == log.kept
    for broken in ("", "a\n1\n", note.replace("\n\n", "\n"), note.replace(log.kept.text.split("\n")[2], "!")):
        with pytest.raises(NoteWrong):
            read(broken, stranger.verifier)


async def test_a_checkpoint_is_read_as_checkpoints_are_written_and_by_the_name_that_signed(log: Sealed) -> None:
    note, stranger = log.signer.signed(log.kept), Signer("another/log", Ed25519PrivateKey.generate())
    assert read(note + stranger.signature(log.kept), log.signer.verifier, stranger.verifier) == log.kept
    with pytest.raises(NoteWrong, match="another/log has not signed"):
        read(note, stranger.verifier)
    with pytest.raises(NoteWrong, match="not written as checkpoints are"):
        read(note.replace(f"\n{log.kept.size}\n", f"\n0{log.kept.size}\n"), log.signer.verifier)


async def test_what_is_more_than_one_batch_is_sealed_at_once(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealer, "BATCH", 2)
    for _time in range(3):
        await stage.search(stage.people.aiko)
    many = len(await stage.entries())
    assert await seal(await stage.database.connect("portal_worker"), tmp_path, "test/log") == many > 2
    sizes = [row["size"] for row in await stage.owner.fetch("select size from accesslog.checkpoint order by size")]
    assert sizes == sorted({*range(2, many + 1, 2), many})
