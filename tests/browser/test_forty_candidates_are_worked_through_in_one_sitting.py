"""Nagi reads forty candidates one after the other and moves each on, by keys alone; each look and move is an entry.

A key acts on addresses and values, which are the same in both languages. What differs is a page's words and its height,
and a few candidates show that: the sitting in Japanese is a short one.
"""

from functools import partial
from uuid import UUID

import asyncpg
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import watch
from tests.browser.site import Site
from tests.client import PASSWORD
from tests.database import finish
from tests.facts import HOUR, MINUTE

FORTY, FEW = 40, 2
STANDS = ".stages [aria-current=step]"
DONE = """
select count(distinct introduction_id) filter (where action = 'page_shown') as read,
       count(*) filter (where action = 'stage_moved' and decision = 'permitted') as moved
from accesslog.entry where actor_id = $1
"""


async def introduced(site: Site, reference: str, number: int) -> UUID:
    """So many candidates of a company of their own, and who recruits there."""
    world, owner = site.portal.world, await asyncpg.connect(site.database.url("portal_owner"))
    company = world.company(reference, name="Yama Works")
    nagi = world.account("nagi", "recruiter", company, display_name="Nagi")
    world.undertaking(world.agreement(company), nagi)
    world.password(nagi, PASSWORD)
    for place in range(number):
        person = world.candidate()
        world.consent(person, company)
        world.introduction(person, company, introduced_at=world.now - HOUR - place * MINUTE)
    await world.write(owner)
    await owner.close()
    return nagi.id


async def done(site: Site, who: UUID) -> tuple[int, int]:
    """How many were read, and how many moves there were."""
    owner = await asyncpg.connect(site.database.url("portal_owner"))
    row = await owner.fetchrow(DONE, who)
    await owner.close()
    return row["read"], row["moved"]


@pytest.mark.parametrize(
    ("language", "number", "screening", "end"),
    [
        ("en", FORTY, "Screening", "You have reached the end of this list."),
        ("ja", FEW, "書類選考", "この一覧の端まで進みました。"),
    ],
)
def test_forty_are_read_and_moved_on_without_a_mouse(
    site: Site, context: BrowserContext, page: Page, language: str, number: int, screening: str, end: str
) -> None:
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    nagi = finish(introduced(site, f"yama-{language}", number))
    noticed = watch(page, site.address)
    page.goto(f"{site.address}/sign-in")
    page.locator("#email").focus()
    page.keyboard.type(f"nagi@yama-{language}.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")
    page.goto(f"{site.address}/candidates?stage=active")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    names = []
    for place in range(number):
        page.wait_for_url("**/candidates/*-*")
        names.append(page.locator("h1").inner_text())
        page.keyboard.press("2")
        expect(page.locator(STANDS)).to_have_text(screening)
        page.wait_for_load_state()
        before = page.url
        page.keyboard.press("j")
        page.wait_for_url(partial(str.__ne__, before))
        page.wait_for_load_state()
        assert ("/candidates?" in page.url) == (place == number - 1)
    expect(page.get_by_role("status").first).to_contain_text(end)
    assert len(set(names)) == number
    assert finish(done(site, nagi)) == (number, number)
    assert (noticed.errors, noticed.elsewhere) == ([], [])
