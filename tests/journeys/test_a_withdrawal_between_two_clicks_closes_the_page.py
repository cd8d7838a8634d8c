"""P3: whatever ends a right ends it for the very next click."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from tests.client import Browser, Portal
from tests.journeys.cast import LINH, Cast, Person, cast

Ending = Callable[[Cast, Person], Awaitable[str]]


async def withdrawal(people: Cast, linh: Person) -> str:
    sql = "update personal.consent set withdrawn_at = now() where id = $1"
    return str(await people.portal.owner.execute(sql, linh.consent.id))


async def expiry(people: Cast, linh: Person) -> str:
    sql = "update personal.consent set expires_at = now() where id = $1"
    return str(await people.portal.owner.execute(sql, linh.consent.id))


async def restriction(people: Cast, linh: Person) -> str:
    sql = "update personal.candidate set restricted_at = now() where id = $1"
    return str(await people.portal.owner.execute(sql, linh.candidate.id))


async def termination(people: Cast, _linh: Person) -> str:
    sql = "update portal.agreement set terminated_at = now() where id = $1"
    return str(await people.portal.owner.execute(sql, people.agreement.id))


async def suspension(people: Cast, _linh: Person) -> str:
    sql = "update portal.company set status = 'suspended' where id = $1"
    return str(await people.portal.owner.execute(sql, people.aoba.id))


async def everything(hana: Browser, linh: Person) -> list[int]:
    """What each way to the person answers: page, resume, file, contact, outcome."""
    ways = [linh.page, f"{linh.page}/resume.pdf?form=en&calendar=western", f"{linh.page}/documents/{linh.document}"]
    answers = [await hana.raw("GET", way) for way in ways]
    answers.append(await hana.post(f"{linh.page}/contact"))
    return [answer.status_code for answer in answers]


@pytest.mark.parametrize("ending", [withdrawal, expiry, restriction, termination, suspension])
async def test_p3_a_click_later_the_page_is_gone(portal: Portal, ending: Ending) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    assert await everything(hana, linh) == [200, 200, 200, 200]
    assert await ending(people, linh) == "UPDATE 1"
    if ending is termination:  # it ends the sign-ins of its people as well; who comes back finds no more
        assert await everything(hana, linh) == [303, 303, 303, 303]
        hana = await portal.signed_in(people.hana, started_at=datetime.now(UTC))
    # A company that may see nobody is told so, whoever it asked for; otherwise there is no such page.
    first = 200 if ending in (termination, suspension) else 404
    assert await everything(hana, linh) == [first, 404, 404, 404]
    for told in ("", "yes"):
        answer = await hana.post(f"{linh.page}/outcome", result="hired", reason="offer_accepted", told=told)
        assert answer.status_code == 404
    listed = await hana.raw("GET", "/candidates")
    assert linh.name not in listed.text
    assert linh.introduction.code not in listed.text
    refused = await portal.log("introduction_id = $1 and decision = 'refused'", linh.introduction.id)
    assert [entry["action"] for entry in refused] == [
        "page_shown", "resume_read", "document_opened", "contact_revealed", "page_shown", "outcome_recorded",
    ]  # fmt: skip


async def test_p3_a_page_open_in_a_second_window_cannot_be_sent_any_more(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await withdrawal(people, linh)
    page = await hana.submit(f"{linh.page}/outcome", result="hired", reason="offer_accepted", note="")
    assert page.status == 404
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 0
