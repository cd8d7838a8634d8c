"""Compliance reads how far the log is sealed, keeps the checkpoint shown, and is told when the sealing stopped."""

from pathlib import Path

import asyncpg

from portal.accesslog.seal.note import Verifier, read
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.tree import Tree
from portal.accesslog.seal.verify import verify
from portal.operate import publishing, verifying
from tests.client import running
from tests.database import Database
from tests.journeys.cast import LINH, cast


async def test_what_is_shown_can_be_kept_and_proves_the_log_later(database: Database, tmp_path: Path) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        linh = await people.introduce(LINH, people.aoba)
        sato, hana = await portal.signed_in(people.sato), await portal.signed_in(people.hana)
        shown = await sato.get("/log")
        assert "/log/seal" in shown.links()
        assert "Nothing is sealed yet." in (await sato.get("/log/seal")).text

        await hana.get(linh.page)
        await seal(await database.connect("portal_worker"), tmp_path, "test/log")
        shown = await sato.get("/log/seal")
        note, key = (shown.all(f"pre#{name}")[0].text or "" for name in ("checkpoint", "public-key"))
        kept = read(note, Verifier.read(key))
        assert f"Sealed entries {kept.size} " in shown.text
        found = await verify(portal.owner, Verifier.read(key), kept)
        assert found.wrong == []
        entries = await portal.log("action = 'seal_read' and decision = 'permitted'")
        assert {entry["role"] for entry in entries} == {"compliance"}


async def test_entries_that_wait_too_long_are_told(database: Database, tmp_path: Path) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        sato = await portal.signed_in(people.sato)
        await seal(await database.connect("portal_worker"), tmp_path, "test/log")
        await portal.owner.execute(
            "insert into accesslog.entry (id, recorded_at, action, decision, commitment)"
            " select accesslog.entry_id(at), at, 'log_read', 'permitted', sha256('')"
            " from (select now() - interval '2 minutes' as at)"
        )
        assert "Entries have been waiting for more than a minute." in (await sato.get("/log/seal")).text


async def test_the_whole_log_is_verified_at_the_press_of_a_button(database: Database) -> None:
    """The worker does it, and the page says how far it is and what it found; once a day it does so unasked."""
    async with running(database) as portal:
        people = await cast(portal)
        sato = await portal.signed_in(people.sato)
        folder = portal.settings.log_key_folder
        await sato.get("/log")
        async with asyncpg.create_pool(database.url("portal_worker"), min_size=1, max_size=2) as pool:
            async with pool.acquire() as worker:
                await seal(worker, folder, "test/log")
            assert not await verifying.verify_next(pool, portal.settings), "nobody asked"
            await sato.get("/log/seal")
            told = await sato.submit("/log/seal/verify")
            assert "The log is being verified." in told.text
            assert "The worker begins within seconds." in told.text
            await sato.post("/log/seal/verify")
            assert "The log is being verified already." in (await sato.get("/log/seal")).text
            assert await verifying.verify_next(pool, portal.settings)
            shown = (await sato.get("/log/seal")).text
            assert "The log is whole" in shown
            assert "Sato" in shown

            assert not await pool.fetchval("select gate.plan_verification()"), "the log is younger than a day"
            superuser = await database.connect("postgres")
            await superuser.execute("set session_replication_role = replica")
            await superuser.execute("update accesslog.checkpoint set sealed_at = now() - interval '2 days'")
            await superuser.execute("update portal.log_verification set asked_at = now() - interval '2 days'")
            await superuser.execute("update accesslog.entry set items = items # 1 where action = 'log_read'")
            assert await pool.fetchval("select gate.plan_verification()")
            assert await verifying.verify_next(pool, portal.settings)
            shown = (await sato.get("/log/seal")).text
            assert "An entry is not what was sealed (leaf " in shown
            assert "the worker, once a day" in shown
        entries = await portal.log("action in ('verification_asked', 'log_verified')")
        assert [entry["action"] for entry in entries].count("log_verified") == 2
        hana = await portal.signed_in(people.hana)
        assert (await hana.post("/log/seal/verify")).status_code == 404


async def test_a_verification_that_was_cut_off_is_gone_on_with(database: Database) -> None:
    """By another worker, a minute later, from where it was."""
    async with running(database) as portal:
        people = await cast(portal)
        sato = await portal.signed_in(people.sato)
        for _time in range(3):
            await sato.get("/log")
        async with asyncpg.create_pool(database.url("portal_worker"), min_size=1, max_size=2) as pool:
            async with pool.acquire() as worker:
                size = await seal(worker, portal.settings.log_key_folder, "test/log")
            await sato.post("/log/seal/verify")
            (first,) = await pool.fetch("select * from gate.verification_to_do()")
            tree = Tree()
            for row in await pool.fetch("select hash from gate.leaf_hashes(0, 2)"):
                tree.add(row["hash"])
            await pool.execute("select gate.note_verification($1, $2, $3)", first["id"], tree.size, tree.edges)
            assert f"Verified: 2 of {size} entries" in (await sato.get("/log/seal")).text
            assert not await verifying.verify_next(pool, portal.settings), "another is at it"
            await portal.owner.execute("update portal.log_verification set noted_at = now() - interval '2 minutes'")
            assert await verifying.verify_next(pool, portal.settings)
            assert "The log is whole" in (await sato.get("/log/seal")).text


async def test_the_page_says_what_the_witnesses_said(database: Database) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        sato = await portal.signed_in(people.sato)
        worker = await database.connect("portal_worker")
        await sato.get("/log")
        await seal(worker, portal.settings.log_key_folder, "test/log")
        assert "No witness is asked." in (await sato.get("/log/seal")).text
        await worker.execute(publishing.KEPT, ["w.example", "v.example"], 2)
        for name, state in (("w.example", "away"), ("v.example", "disagrees")):
            await worker.execute(publishing.NOTED, name, "key", state, None, None, None)
        await worker.execute(publishing.FAILED, "place")
        shown = (await sato.get("/log/seal")).text
        for said in (
            "2 witnesses are needed.",
            "Cannot be reached",
            "Cosigned another log: it was forked or rolled back",
            "The place where the log is published cannot be written.",
        ):
            assert said in shown
