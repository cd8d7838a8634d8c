"""A kind of link may ask a browser that is new to it for a code, sent to the link's owner."""

import hashlib
from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.client import Browser, Portal, running
from tests.database import Database
from tests.facts import Account
from tests.links import make_link

CODE = "12345678"


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    """A portal whose links to a lost password ask for a code, and are good as often as one likes."""
    async with running(database) as made:
        await made.owner.execute(
            "update portal.link_kind set asks_code = true, uses = 'many' where code = 'lost_password'"
        )
        yield made


@pytest.fixture
async def hana(portal: Portal) -> Account:
    made = portal.world.account("hana", "compliance")
    await portal.written()
    return made


async def opened(portal: Portal, secret: str, browser: Browser | None = None) -> Browser:
    """A browser that has opened a link."""
    browser = browser or portal.browser()
    await browser.get("/link")
    await browser.submit("/link", link=secret)
    return browser


async def mailed(portal: Portal, worker: asyncpg.Connection, code: str = CODE) -> None:
    """The newest code is on its way, as the worker makes it."""
    mail = await portal.owner.fetchval(
        "select id from portal.mail where kind = 'link_code' order by written_at desc limit 1"
    )
    row = await worker.fetchrow("select * from gate.mail_to_send($1)", mail)
    assert row["carries"] == "code"
    digest = hashlib.sha256(row["about"].bytes + code.encode()).digest()
    await worker.execute("select gate.put_mail_secret($1, $2)", mail, digest)


@pytest.fixture
async def worker(database: Database) -> asyncpg.Connection:
    return await database.connect("portal_worker")


async def path(browser: Browser, address: str) -> str:
    """Where an address leads this browser."""
    return (await browser.get(address)).path


async def test_without_the_code_the_link_opens_nothing_and_with_it_everything(
    portal: Portal, worker: asyncpg.Connection, hana: Account
) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    assert browser.page is not None
    assert browser.page.path == "/link/code"
    assert await path(browser, "/link/password") == "/link/code"
    page = await browser.submit("/link/code", code=CODE)
    assert page.status == 422  # no code was made yet
    await mailed(portal, worker)
    assert (await browser.submit("/link/code", code="1234 5678")).path == "/link/password"
    acts = [(row["action"], row["decision"]) for row in await portal.log("subject_id = $1", hana.id)]
    assert acts[-2:] == [("link_code_entered", "refused"), ("link_code_entered", "permitted")]


async def test_the_browser_is_known_from_then_on_and_no_other(
    portal: Portal, worker: asyncpg.Connection, hana: Account
) -> None:
    secret = await make_link(portal.owner, hana.id)
    browser = await opened(portal, secret)
    await mailed(portal, worker)
    await browser.submit("/link/code", code=CODE)
    await browser.submit("/link/leave")
    await opened(portal, secret, browser)
    assert browser.page is not None
    assert browser.page.path == "/link/password"
    other = await opened(portal, secret)
    assert other.page is not None
    assert other.page.path == "/link/code"


async def test_p3_a_known_browser_is_not_known_to_another_link(
    portal: Portal, worker: asyncpg.Connection, hana: Account
) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    await mailed(portal, worker)
    await browser.submit("/link/code", code=CODE)
    await opened(portal, await make_link(portal.owner, hana.id), browser)
    assert browser.page is not None
    assert browser.page.path == "/link/code"


async def test_five_wrong_codes_end_it(portal: Portal, worker: asyncpg.Connection, hana: Account) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    await mailed(portal, worker)
    for _ in range(4):
        assert (await browser.submit("/link/code", code="00000000")).path == "/link/code"
    page = await browser.submit("/link/code", code="00000000")
    assert page.path == "/link"
    assert (await browser.post("/link/code", code=CODE)).headers["location"] == "/link?over=1"


async def test_another_code_replaces_the_first_and_no_more_than_three_are_sent(
    portal: Portal, worker: asyncpg.Connection, hana: Account
) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    await mailed(portal, worker, "11111111")
    assert "on its way" in (await browser.submit("/link/code/again")).text
    await mailed(portal, worker, "22222222")
    assert (await browser.submit("/link/code", code="11111111")).status == 422
    assert "on its way" in (await browser.submit("/link/code/again")).text
    assert "No more codes" in (await browser.submit("/link/code/again")).text
    assert (await browser.submit("/link/code", code="22222222")).path == "/link/password"


async def test_a_code_of_which_nobody_made_use_is_not_sent_after_all(
    portal: Portal, worker: asyncpg.Connection, hana: Account
) -> None:
    browser = await opened(portal, await make_link(portal.owner, hana.id))
    await browser.post("/link/leave")
    mail = await portal.owner.fetchval("select id from portal.mail where kind = 'link_code'")
    assert await worker.fetchrow("select * from gate.mail_to_send($1)", mail) is None
    assert await portal.owner.fetchval("select state from portal.mail where id = $1", mail) == "dropped"
