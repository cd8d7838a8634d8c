"""P6: what a migration does to the gate does not break the pages of a web process that serves on."""

from collections.abc import AsyncIterator

import pytest

from portal.disclosure import apply
from portal.operate.migrate import migrate
from tests.client import Browser, Portal, running
from tests.database import Database
from tests.journeys.cast import LINH, cast


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    """The app, running over a database of its own."""
    async with running(database) as started:
        yield started


async def statuses(hana: Browser, sato: Browser, page: str) -> list[int]:
    """What the pages answer that keep something of the gate in their connections."""
    answers = [await hana.raw("GET", path) for path in ("/candidates", page)] + [await sato.raw("GET", "/log")]
    return [answer.status_code for answer in answers]


async def test_p6_pages_outlive_a_gate_that_is_built_anew(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana, sato = await portal.signed_in(people.hana), await portal.signed_in(people.sato)
    assert await statuses(hana, sato, linh.page) == [200, 200, 200]
    async with portal.owner.transaction():
        await apply.rebuild(portal.owner)
    assert await statuses(hana, sato, linh.page) == [200, 200, 200]


async def test_p1_without_a_gate_the_portal_says_that_it_is_not_available(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana, sato = await portal.signed_in(people.hana), await portal.signed_in(people.sato)
    async with portal.owner.transaction():  # as going back does, which would take facts away as well
        await apply.remove(portal.owner)
    assert await statuses(hana, sato, linh.page) == [503, 503, 503]
    await migrate(portal.database.url("portal_owner"))
    assert await statuses(hana, sato, linh.page) == [200, 200, 200]
