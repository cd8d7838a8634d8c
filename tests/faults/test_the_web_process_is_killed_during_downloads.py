"""P2: kill -9 of the web process in the middle of downloads; every byte that left has its committed entry."""

import asyncio
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import httpx

from portal.app import create_app
from tests.client import Portal, settings_for
from tests.database import Database
from tests.faults.stage import Scene, set_scene
from tests.serving import Served, served

DOWNLOADS = int(os.environ.get("PORTAL_TEST_DOWNLOADS", "60"))
CLIENTS = 12
KILLS = 3
UNHEARD = 0.2  # seconds between two tries while nobody answers


@dataclass
class Seen:
    """What the clients have had: answers that began, whole ones, broken ones, and being told to come again."""

    began: list[str] = field(default_factory=list)
    bytes: int = 0
    whole: int = 0
    cut: int = 0
    unanswered: int = 0
    told_to_wait: int = 0


async def download(client: httpx.AsyncClient, path: str, seen: Seen) -> None:
    """One download, tried until an answer begins. What was cut off after that counts as begun.

    Of one account eight may wait; whoever is told to come again comes when they were told.
    """
    while True:
        began = False
        try:
            async with client.stream("GET", path) as answer:
                if answer.status_code == 429:
                    seen.told_to_wait += 1
                    await asyncio.sleep(int(answer.headers["retry-after"]))
                    continue
                began = True
                assert answer.status_code == 200, answer.status_code
                seen.began.append(answer.headers["x-request-id"])
                async for piece in answer.aiter_raw():
                    seen.bytes += len(piece)
            seen.whole += 1
            return
        except httpx.TransportError:
            if began:
                seen.cut += 1
                return
            seen.unanswered += 1
            await asyncio.sleep(UNHEARD)


async def keep_killing(server: Served, seen: Seen) -> int:
    """Kill the server, all its processes at once, at moments spread over the downloads."""
    chance = random.Random(4)
    marks = sorted(chance.sample(range(DOWNLOADS // 10, DOWNLOADS * 9 // 10), KILLS))
    for mark in marks:
        while len(seen.began) < mark:  # noqa: ASYNC110 - the clients know nothing of being waited for
            await asyncio.sleep(0.005)
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    return len(marks)


async def all_downloads(scene: Scene, address: str, seen: Seen) -> None:
    """All the downloads by a dozen clients, resumes and stored files in turn."""
    numbers = iter(range(DOWNLOADS))
    resumes = [f"{page}/resume.pdf?form=en&calendar=western" for page in scene.pages]
    paths = [*resumes, *scene.files]

    async def one_client() -> None:
        cookies = {"portal": scene.secret}
        async with httpx.AsyncClient(base_url=address, cookies=cookies, timeout=30) as client:
            for number in numbers:
                await download(client, paths[number % len(paths)], seen)

    async with asyncio.TaskGroup() as group:
        for _client in range(CLIENTS):
            group.create_task(one_client())


async def entries_of(portal: Portal, requests: list[str]) -> set[str]:
    """Those of the requests that have a committed entry that their file may leave."""
    rows = await portal.log(
        "request_id = any ($1) and action = 'handed_over' and decision = 'permitted'", [UUID(one) for one in requests]
    )
    return {str(row["request_id"]) for row in rows}


async def test_p2_no_byte_is_delivered_without_its_entry(
    database: Database, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seen, settings = Seen(), settings_for(database, tmp_path)
    portal = Portal(create_app(settings), database, settings, await database.connect("portal_owner"))
    scene = await set_scene(portal, candidates=2)
    with served(database, tmp_path) as server:
        killing = asyncio.create_task(keep_killing(server, seen))
        await all_downloads(scene, server.address, seen)
        assert await killing == KILLS
    recorded = await entries_of(portal, seen.began)
    told = (
        f"{len(seen.began)} began, {seen.whole} whole, {seen.cut} cut off, {seen.unanswered} never answered,"
        f" {seen.told_to_wait} told to wait"
    )
    record_property("downloads", told)
    assert set(seen.began) - recorded == set()
    assert len(seen.began) == DOWNLOADS
    assert seen.cut + seen.unanswered > 0
