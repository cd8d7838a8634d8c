"""A list longer than a page: next and previous show each row once, for recruiter, compliance and manager alike."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from portal.web import csrf
from tests.client import Browser, Portal
from tests.journeys.cast import Cast, cast, items
from tests.page import Page

PEOPLE = 27


def codes(page: Page) -> list[str]:
    """The first cell of each row."""
    return page.texts("#results tbody tr th")


async def introduce_many(portal: Portal, people: Cast) -> None:
    """More people than a page of the recruiter's list holds."""
    world = portal.world
    for number in range(PEOPLE):
        latin = f"Person {number:02}"
        name = {
            "family": None,
            "given": latin,
            "family_kana": None,
            "given_kana": None,
            "latin": latin,
            "display": latin,
        }
        candidate = world.candidate(f"person-{number}", items=items(name, f"person-{number}"))
        world.consent(candidate, people.aoba)
        world.introduction(candidate, people.aoba)
    await portal.written()


async def turned(browser: Browser, first: Page, which: str) -> Page:
    """The page that the link "next" or "prev" of a page leads to."""
    [link] = first.all(f'.pager a[rel="{which}"]')
    return await browser.get(str(link.get("href")))


async def test_each_row_is_shown_once(portal: Portal) -> None:
    people = await cast(portal)
    await introduce_many(portal, people)
    hana = await portal.signed_in(people.hana)
    first = await hana.get("/candidates")
    second = await turned(hana, first, "next")
    assert (len(codes(first)), len(codes(second))) == (25, PEOPLE - 25)
    assert not set(codes(first)) & set(codes(second))
    assert codes(await turned(hana, second, "prev")) == codes(first)

    sato = await portal.signed_in(people.sato)
    for _ in range(50):  # each request is one line
        await sato.raw("GET", "/log/seal")
    newest = await sato.get("/log")
    older = await turned(sato, newest, "next")
    assert (len(newest.texts("#results tbody tr")), bool(older.texts("#results tbody tr"))) == (50, True)

    mori = await portal.signed_in(people.mori)
    assert len(codes(await mori.get("/introductions"))) == PEOPLE


async def test_an_entry_that_is_not_there_is_a_page_that_is_not_there(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    assert (await sato.raw("GET", f"/log/{uuid4()}")).status_code == 404
    for day in ("9999-12-31", "0001-01-01", "tomorrow"):
        assert (await sato.raw("GET", f"/log?until={day}")).status_code == 422


async def test_a_form_that_does_not_arrive_is_given_up(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    people = await cast(portal)
    hana = await portal.signed_in(people.hana)
    monkeypatch.setattr("portal.web.bodies.ARRIVAL_SECONDS", 0.05)

    async def endless() -> AsyncIterator[bytes]:
        yield b"name="
        await asyncio.sleep(5)

    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRF-Token": csrf.token(hana.secret)}
    answer = await hana.raw("POST", "/candidates", content=endless(), headers=headers)
    assert answer.status_code == 400
