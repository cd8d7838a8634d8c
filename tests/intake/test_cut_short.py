"""An import that is cut at any moment leaves whole people and nothing else, and is finished by the next."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import asyncpg

from portal.documents.sealing import MasterKeys, WrappedKey
from portal.documents.store import ObjectStore
from portal.settings import PROJECT, Settings
from tests.intake.conftest import Import
from tests.intake.folders import sample_with_few_files

WITH_FILES = [f"P{number:03}" for number in range(1, 13)]  # more people than are in when it is cut
HALF = """
select candidate.reference from personal.candidate
left join personal.candidate_items as items on items.candidate_id = candidate.id
where items.candidate_id is null or candidate.source_digest is null
   or not exists (select from accesslog.entry_subject as side where side.candidate_id = candidate.id)
   or (items.photo is not null and not exists (select from personal.document where document.id = items.photo))
"""


async def killed_import(settings: Settings, owner: asyncpg.Connection, folder: Path, people: int) -> None:
    """Start the real command and kill it outright once some people are in."""
    environment = os.environ | {"PORTAL_DATABASE_URL": str(settings.database_url), "PORTAL_HOME": str(settings.home)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "portal.cli", "import", str(folder), cwd=PROJECT, env=environment,
        stdout=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    async with asyncio.timeout(120):
        while await owner.fetchval("select count(*) from personal.candidate") < people:
            assert process.returncode is None, "the import ended before it could be cut"
            await asyncio.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    await process.wait()


async def test_p6_a_kill_in_the_middle_leaves_no_half_candidate(
    settings: Settings, owner: asyncpg.Connection, importing: Import, tmp_path: Path
) -> None:
    folder = sample_with_few_files(tmp_path / "sample", WITH_FILES)
    await killed_import(settings, owner, folder, people=8)
    assert await owner.fetch(HALF) == []
    await every_file_opens(settings, owner)
    async with asyncio.timeout(30):  # the server notices that the other side is gone
        while not await owner.fetchval("select pg_try_advisory_lock(hashtextextended('portal.intake', 0))"):  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    await owner.execute("select pg_advisory_unlock_all()")
    report = await importing(folder)
    assert report.problems == []
    assert await owner.fetchval("select count(*) from personal.candidate") == 60
    assert await owner.fetch(HALF) == []
    await every_file_opens(settings, owner)


async def every_file_opens(settings: Settings, owner: asyncpg.Connection) -> None:
    """Each document that stands in the database can be had, with its own key."""
    keys = MasterKeys.open(settings.master_key_folder)
    store = ObjectStore.open(Path(settings.home) / "documents")
    for row in await owner.fetch("select * from personal.document join personal.document_key using (candidate_id)"):
        key = keys.unwrap(WrappedKey(row["master_key_id"], row["wrapped_key"]), str(row["candidate_id"]))
        assert len(key.unseal(row["object_key"], await store.get(row["object_key"]))) == row["bytes"]
