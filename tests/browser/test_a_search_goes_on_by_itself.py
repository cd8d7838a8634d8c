"""Riku looks for a name that only somebody introduced long ago has: the browser looks further back and finds it."""

import re

import asyncpg
from playwright.sync_api import Page, expect

from tests.browser.looking import watch
from tests.browser.site import Site
from tests.client import PASSWORD
from tests.database import finish
from tests.facts import DAY, MINUTE

STEP = 400  # gate.first_step


async def introduced(site: Site) -> str:
    """More than one step of candidates of a company of their own; the name of the one introduced first."""
    world, owner = site.portal.world, await asyncpg.connect(site.database.url("portal_owner"))
    company = world.company("kawa", name="Kawa Works")
    riku = world.account("riku", "recruiter", company, display_name="Riku")
    world.undertaking(world.agreement(company), riku)
    world.password(riku, PASSWORD)
    people = []
    for place in range(STEP + 1):
        people.append(world.candidate())
        world.consent(people[-1], company)
        world.introduction(people[-1], company, introduced_at=world.now - (6 * DAY if not place else place * MINUTE))
    await world.write(owner)
    await owner.close()
    name: str = people[0].items["name"]["display"]
    return name


def test_nobody_so_far_becomes_the_one_who_was_looked_for(site: Site, page: Page) -> None:
    name = finish(introduced(site))
    noticed = watch(page, site.address)
    page.goto(f"{site.address}/sign-in")
    page.fill("#email", "riku@kawa.example")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/home")
    page.goto(f"{site.address}/candidates")
    page.locator("#search [name=name]").fill(name)
    page.keyboard.press("Enter")
    expect(page.locator("#results .row-link")).to_have_text([name], timeout=30_000)  # on a busy machine
    expect(page.locator(".count")).to_contain_text(re.compile(r"^\s*(1 candidate|候補者)"))
    page.go_back()
    expect(page.locator("#results .row-link")).to_have_count(25, timeout=30_000)
    assert noticed.errors == []
