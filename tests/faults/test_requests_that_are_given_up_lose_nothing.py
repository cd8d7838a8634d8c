"""P6: a browser that goes away in the middle of an answer costs no connection and leaves no transaction open."""

import asyncio
import random
from collections import Counter

from tests.database import Database
from tests.faults.stage import Scene, scene
from tests.faults.test_the_database_is_killed_during_traffic import every_connection_can_be_had

REQUESTS = 600
POOL = 10


async def given_up(one: Scene, number: int, chance: random.Random) -> str:
    """One request, abandoned at some moment of its short life."""
    browser = one.browser()
    introduction = one.pages[number % len(one.pages)]
    if number % 3 == 0:
        sent = browser.post(f"{introduction}/contact")
    else:
        sent = browser.raw("GET", "/candidates" if number % 3 == 1 else introduction)
    task = asyncio.create_task(sent)
    await asyncio.sleep(chance.random() * 0.15)
    task.cancel()
    try:
        return str((await task).status_code)
    except asyncio.CancelledError:
        return "given up"


async def test_p6_no_connection_is_lost(database: Database) -> None:
    chance, at_once, ends = random.Random(5), asyncio.Semaphore(12), Counter[str]()
    async with scene(database) as one:

        async def bounded(number: int) -> None:
            async with at_once:
                ends[await given_up(one, number, chance)] += 1

        async with asyncio.timeout(120):
            await asyncio.gather(*(bounded(number) for number in range(REQUESTS)))
        assert ends["given up"] > REQUESTS // 10, ends
        assert set(ends) <= {"given up", "200"}, ends
        await asyncio.sleep(0.2)
        await every_connection_can_be_had(POOL)
        left = "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'"
        assert await one.portal.owner.fetchval(left) == 0
        assert (await one.browser().raw("GET", one.pages[0])).status_code == 200
