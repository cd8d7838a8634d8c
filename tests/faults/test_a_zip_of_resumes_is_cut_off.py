"""P1, P2, P3: a ZIP of resumes from a real server: who withdraws is left out, and where it stops, so do the entries."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import httpx
from openpyxl import load_workbook

from portal.app import create_app
from portal.web import csrf
from tests.client import Portal, settings_for
from tests.database import Database
from tests.faults.stage import Scene, set_scene
from tests.papers import text_of
from tests.serving import served

CANDIDATES = 8
FILE = b"PK\x03\x04"  # where each file of a ZIP begins
WITHDRAW = "update personal.consent set withdrawn_at = now() where candidate_id = any ($1)"


async def test_p2_what_left_in_a_zip_is_recorded_and_nothing_else(database: Database, tmp_path: Path) -> None:
    settings = settings_for(database, tmp_path)
    portal = Portal(create_app(settings), database, settings, await database.connect("portal_owner"))
    scene = await set_scene(portal, candidates=CANDIDATES)
    with served(database, tmp_path) as server:
        async with httpx.AsyncClient(base_url=server.address, cookies={"portal": scene.secret}, timeout=60) as client:
            await a_whole_one_without_who_withdrew(portal, scene, client)
            await one_that_is_cut_off(portal, scene, client)


def asked(scene: Scene) -> dict[str, Any]:
    """The form of the list, with everybody chosen."""
    chosen = [f"{one.id}.introduced" for one in scene.introductions]
    return {csrf.FIELD: csrf.token(scene.secret), "chosen": chosen}


async def handed(portal: Portal) -> list[Any]:
    """The files that left, by the entries of what stood in them."""
    return [row["subject_id"] for row in await portal.log("action = 'handed_over' and decision = 'permitted'")]


async def a_whole_one_without_who_withdrew(portal: Portal, scene: Scene, client: httpx.AsyncClient) -> None:
    last = scene.introductions[-1]
    got = b""
    async with client.stream("POST", "/candidates/zip", data=asked(scene)) as answer:
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
        async for piece in answer.aiter_raw():
            if not got:
                assert await portal.log("action = 'resume_downloaded'"), "the first one's entry comes before any byte"
                await portal.owner.execute(WITHDRAW, [last.candidate.id])
            got += piece
            # The sheet is a ZIP of its own, and the note is no one's.
            begun = got.partition(b"index.xlsx")[0].count(FILE) - 1 - (b"index.xlsx" in got)
            assert len(await handed(portal)) >= begun, "its entry comes before its first byte"
    with ZipFile(BytesIO(got)) as packed:
        assert packed.testzip() is None
        note, *files, index = packed.namelist()
        assert "index.xlsx" in packed.read(note).decode()
        assert scene.introductions[0].code not in packed.read(note).decode()
        texts = {name: "".join(text_of(packed.read(name))).replace("\n", "") for name in files}
        book = load_workbook(BytesIO(packed.read(index)))
    assert [name.rpartition("-")[0].rpartition("-")[0] for name in files] == [
        one.code for one in scene.introductions[:-1]
    ]
    entries = await handed(portal)
    assert len(entries) == len(set(entries)) == len(files)
    assert all(any(str(entry) in text for entry in entries) for text in texts.values()), "each stamp names its entry"
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[3:]] == files
    listed = await portal.log("action = 'index_taken' and decision = 'permitted'")
    assert [str(one["id"]) for one in listed] == [row[7] for row in rows[3:]]
    downloads = await portal.owner.fetch("select introduction_id, count(*) from personal.download group by 1")
    assert {row["introduction_id"]: row["count"] for row in downloads} == {
        one.id: 2 for one in scene.introductions[:-1]
    }


async def one_that_is_cut_off(portal: Portal, scene: Scene, client: httpx.AsyncClient) -> None:
    """A file that is on its way may be recorded and cut; none that nobody began to send is."""
    before, got = len(await handed(portal)), b""
    async with client.stream("POST", "/candidates/zip", data=asked(scene)) as answer:
        async for piece in answer.aiter_raw():
            got += piece
            if got.count(FILE) - 1 >= 2:  # the note is no one's
                break
    await asyncio.sleep(1)
    left = len(await handed(portal)) - before
    assert got.count(FILE) - 1 <= left < CANDIDATES - 1
    await asyncio.sleep(1)
    assert len(await handed(portal)) - before == left, "nothing goes on where nobody takes it"
    assert len(await portal.log("action = 'index_taken'")) == CANDIDATES - 1, "the first ZIP's"
