"""P2, P6: kill -9 of the database during traffic: 503 while it is away, then all goes on, all shown is recorded."""

import asyncio
import os
import signal
from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest

from portal.database import pool as pools
from portal.operate.cluster import Cluster
from portal.operate.postmaster import living_postmaster
from portal.operate.roles import DATABASE
from tests.client import running
from tests.database import copy_of, migrated_cluster
from tests.faults.stage import Scene, set_scene

CLIENTS = 6


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server of its own that keeps what it acknowledges."""
    with migrated_cluster() as made:
        made.stop()
        made.durable = True
        made.start()
        yield made


async def one_client(scene: Scene, shown: list[str], statuses: list[int], stop: asyncio.Event) -> None:
    """Open pages one after the other, and note which were shown."""
    browser = scene.browser()
    number = 0
    while not stop.is_set():
        answer = await browser.raw("GET", scene.pages[number % len(scene.pages)])
        statuses.append(answer.status_code)
        if answer.status_code == 200:
            shown.append(answer.headers["x-request-id"])
        number += 1
        await asyncio.sleep(0.01)


async def until(statuses: list[int], status: int, times: int) -> None:
    """Wait for so many more answers of a status."""
    wanted = statuses.count(status) + times
    async with asyncio.timeout(60):
        while statuses.count(status) < wanted:  # noqa: ASYNC110 - the clients know nothing of being waited for
            await asyncio.sleep(0.01)


def kill(cluster: Cluster) -> None:
    """kill -9 of the postmaster; its backends end by themselves."""
    found = living_postmaster(cluster.data)
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)
    while cluster.running:
        pass


async def test_p2_p6_the_portal_comes_back_with_its_database(own_cluster: Cluster) -> None:
    shown: list[str] = []
    statuses: list[int] = []
    stop = asyncio.Event()
    with copy_of(DATABASE, own_cluster) as database:
        async with running(database, pool_size=4) as portal:
            scene = await set_scene(portal)
            clients = [asyncio.create_task(one_client(scene, shown, statuses, stop)) for _ in range(CLIENTS)]
            for _round in range(2):
                await until(statuses, 200, 40)
                kill(own_cluster)
                await until(statuses, 503, 10)
                own_cluster.start()
            await until(statuses, 200, 40)
            stop.set()
            await asyncio.gather(*clients)
            assert set(statuses) == {200, 503}
            await every_connection_can_be_had(4)
            portal.owner = await database.connect("portal_owner")
            rows = await portal.log("request_id = any ($1)", [UUID(one) for one in shown])
            assert set(shown) == {str(row["request_id"]) for row in rows}


async def every_connection_can_be_had(size: int) -> None:
    """The pool gives all it has, at once, and each works."""
    async with asyncio.timeout(60):
        held = [await pools.acquire() for _ in range(size)]
        for connection in held:
            assert await connection.fetchval("select 1") == 1
            await pools.release(connection)


async def test_without_a_database_pages_say_so_and_the_process_lives(own_cluster: Cluster) -> None:
    with copy_of(DATABASE, own_cluster) as database:
        async with running(database) as portal:
            scene = await set_scene(portal, candidates=1)
            browser = scene.browser()
            assert (await browser.raw("GET", "/readyz")).status_code == 200
            kill(own_cluster)
            answers: list[httpx.Response] = [await browser.raw("GET", path) for path in ("/candidates", scene.pages[0])]
            assert {answer.status_code for answer in answers} == {503}
            assert all(answer.headers["retry-after"] for answer in answers)
            assert "person0" not in "".join(answer.text for answer in answers)
            assert (await browser.raw("GET", "/healthz")).status_code == 200
            assert (await browser.raw("GET", "/readyz")).status_code == 503
            assert (await portal.browser().raw("GET", "/sign-in")).status_code == 200
            own_cluster.start()
            assert (await browser.raw("GET", scene.pages[0])).status_code == 200
