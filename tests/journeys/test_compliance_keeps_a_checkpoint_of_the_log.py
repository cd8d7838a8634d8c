"""Compliance reads how far the log is sealed, keeps the checkpoint shown, and is told when the sealing stopped."""

from pathlib import Path

from portal.accesslog.seal.note import Verifier, read
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.verify import verify
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
