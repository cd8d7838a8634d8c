"""Nagi reads forty candidates one after the other and moves each on, by keys alone; each look and move is an entry."""

from functools import partial

import asyncpg
from playwright.sync_api import Page, expect

from tests.browser.looking import watch
from tests.browser.site import Site
from tests.client import PASSWORD
from tests.database import finish
from tests.facts import HOUR, MINUTE

FORTY = 40
STANDS = ".stages [aria-current=step]"
DONE = """
select count(distinct introduction_id) filter (where action = 'page_shown') as read,
       count(*) filter (where action = 'stage_moved' and decision = 'permitted') as moved
from accesslog.entry where actor_id = $1
"""


async def introduced(site: Site) -> object:
    """Forty candidates of a company of their own, and who recruits there."""
    world, owner = site.portal.world, await asyncpg.connect(site.database.url("portal_owner"))
    company = world.company("yama", name="Yama Works")
    nagi = world.account("nagi", "recruiter", company, display_name="Nagi")
    world.undertaking(world.agreement(company), nagi)
    world.password(nagi, PASSWORD)
    for place in range(FORTY):
        person = world.candidate()
        world.consent(person, company)
        world.introduction(person, company, introduced_at=world.now - HOUR - place * MINUTE)
    await world.write(owner)
    await owner.close()
    return nagi.id


async def done(site: Site, who: object) -> tuple[int, int]:
    """How many were read, and how many moves there were."""
    owner = await asyncpg.connect(site.database.url("portal_owner"))
    row = await owner.fetchrow(DONE, who)
    await owner.close()
    return row["read"], row["moved"]


def test_forty_are_read_and_moved_on_without_a_mouse(site: Site, page: Page) -> None:
    nagi = finish(introduced(site))
    noticed = watch(page, site.address)
    page.goto(f"{site.address}/sign-in")
    page.locator("#email").focus()
    page.keyboard.type("nagi@yama.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")
    page.goto(f"{site.address}/candidates?stage=active")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    names = []
    for place in range(FORTY):
        page.wait_for_url("**/candidates/*-*")
        names.append(page.locator("h1").inner_text())
        page.keyboard.press("2")
        expect(page.locator(STANDS)).to_have_text("Screening")
        page.wait_for_load_state()
        before = page.url
        page.keyboard.press("j")
        page.wait_for_url(partial(str.__ne__, before))
        page.wait_for_load_state()
        assert ("/candidates?" in page.url) == (place == FORTY - 1)
    expect(page.get_by_role("status").first).to_contain_text("You have reached the end of this list.")
    assert len(set(names)) == FORTY
    assert finish(done(site, nagi)) == (FORTY, FORTY)
    assert (noticed.errors, noticed.elsewhere) == ([], [])
