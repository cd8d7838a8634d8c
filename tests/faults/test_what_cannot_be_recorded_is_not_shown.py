"""P2: the entry first. Where it cannot be written or committed, nobody's data is shown and nothing is done."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import httpx
import pytest

from tests.database import Database
from tests.faults.stage import Scene, scene

Trouble = Callable[[Scene], Awaitable[None]]
FAILING_COMMIT = """
create function accesslog.fail_at_commit() returns trigger language plpgsql
    as $$ begin raise exception 'the disk is full' using errcode = 'disk_full'; end $$;
create constraint trigger fail_at_commit after insert on accesslog.{partition}
    deferrable initially deferred for each row execute function accesslog.fail_at_commit();
"""


def partition() -> str:
    """The part of the log that today's entries go to."""
    return f"entry_{datetime.now(UTC):%Y_%m}"


async def fails_at_commit(one: Scene) -> None:
    """Every transaction that writes an entry fails as it commits."""
    superuser = await one.portal.database.connect("postgres")
    await superuser.execute(FAILING_COMMIT.format(partition=partition()))


async def has_no_place(one: Scene) -> None:
    """The log has no partition for today."""
    superuser = await one.portal.database.connect("postgres")
    await superuser.execute(f"drop table accesslog.{partition()}")


async def all_ways(one: Scene) -> list[httpx.Response]:
    """Every way to a candidate's data, and the two ways to change it."""
    browser, page = one.browser(), one.pages[0]
    shown = ["/candidates", page, f"{page}/resume.pdf?form=en&calendar=western", one.files[0]]
    answers = [await browser.raw("GET", path) for path in shown]
    search = await browser.post("/candidates", name="person")
    assert (search.status_code, search.content) == (303, b""), (
        "a search leads to its address, and shows nothing by itself"
    )
    answers.append(await browser.raw("GET", search.headers["location"], headers={"hx-request": "true"}))
    answers.append(await browser.post(f"{page}/contact"))
    answers.append(await browser.post(f"{page}/outcome", result="hired", reason="offer_accepted", told="yes"))
    return answers


@pytest.mark.parametrize("trouble", [fails_at_commit, has_no_place])
async def test_p2_nothing_is_shown_and_nothing_is_done(database: Database, trouble: Trouble) -> None:
    async with scene(database, candidates=1) as one:
        assert [answer.status_code for answer in await all_ways(one)][:4] == [200, 200, 200, 200]
        await one.portal.owner.execute("delete from personal.outcome")
        await trouble(one)
        for answer in await all_ways(one):
            assert answer.status_code == 500
            assert "person0" not in answer.text.lower()
            assert "disk" not in answer.text
            assert answer.headers["content-type"].startswith("text/html")
        assert await one.portal.owner.fetchval("select count(*) from personal.outcome") == 0
