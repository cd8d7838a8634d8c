"""Mori puts candidates forward for a position: those whose consent names the company, by number, and nobody else."""

import asyncio
from typing import Any
from uuid import uuid4

from portal.candidates.items import Item
from tests.client import Portal
from tests.facts import DAY, Candidate
from tests.journeys.cast import HAO, LINH, Cast, cast, items

COUNTED = "select count(*) from personal.introduction where company_id = $1"
MADE = "select reference, code, stage from personal.introduction where candidate_id = $1"


async def consenting(people: Cast, name: dict[str, Any], **consent: Any) -> Candidate:
    """Somebody who consented to Aoba Foods and was introduced nowhere."""
    candidate = people.portal.world.candidate(items=items(name, people.portal.world.new_mark()))
    people.portal.world.consent(candidate, people.aoba, **consent)
    await people.portal.written()
    return candidate


def address_of(people: Cast) -> str:
    """The page for the first position of Aoba Foods."""
    opening = people.portal.world.first_opening(people.aoba)
    return f"/companies/{people.aoba.id}/openings/{opening.id}/candidates"


async def test_who_is_chosen_is_open_to_the_recruiter_at_once(portal: Portal) -> None:
    people = await cast(portal)
    linh = await consenting(people, LINH)
    hao = await consenting(people, HAO, items=Item.NAME | Item.EMAIL)
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    company = await mori.get(f"/companies/{people.aoba.id}")
    address = next(one for one in company.links("/companies/") if one.endswith("/candidates"))
    page = await mori.get(address)
    assert {linh.reference, hao.reference} <= set(page.texts("tbody .code"))
    for name in (LINH["display"], LINH["latin"], HAO["latin"]):
        assert name not in page.response.text
    page = await mori.submit(address, candidates=str(linh.id))
    assert "Put forward: 1. Introduced before: 0." in page.text
    assert page.texts("tbody .code") == [hao.reference]
    [made] = await portal.owner.fetch(MADE, linh.id)
    shown = await hana.get("/candidates")
    assert LINH["display"] in shown.response.text
    [entry] = await portal.log("action = 'introduction_made'")
    assert (entry["decision"], entry["company_id"], entry["actor_id"]) == ("permitted", people.aoba.id, people.mori.id)
    assert made["code"] in (await mori.get("/introductions")).text
    assert await portal.owner.fetchval("select count(*) from portal.mail where kind = 'candidates_introduced'") == 1


async def test_a_page_sent_twice_makes_one_introduction_and_one_mail(portal: Portal) -> None:
    people = await cast(portal)
    linh = await consenting(people, LINH)
    mori, address = await portal.signed_in(people.mori), address_of(people)
    await mori.get(address)
    for _time in range(2):
        answer = await mori.post(address, candidates=str(linh.id))
        assert answer.status_code == 303
    assert len(await portal.owner.fetch(MADE, linh.id)) == 1
    assert len(await portal.log("action = 'introduction_made'")) == 1
    assert await portal.owner.fetchval("select count(*) from portal.mail where kind = 'candidates_introduced'") == 1


async def test_two_who_send_the_same_page_at_once_make_one_introduction(portal: Portal) -> None:
    people = await cast(portal)
    linh = await consenting(people, LINH)
    mori, address = await portal.signed_in(people.mori), address_of(people)
    answers = await asyncio.gather(*(mori.post(address, candidates=str(linh.id)) for _one in range(5)))
    assert [answer.status_code for answer in answers] == [303] * 5
    assert len(await portal.owner.fetch(MADE, linh.id)) == 1
    assert await portal.owner.fetchval("select count(*) from portal.mail where kind = 'candidates_introduced'") == 1


async def test_nobody_without_a_live_consent_to_the_company_is_shown_or_can_be_chosen(portal: Portal) -> None:
    people = await cast(portal)
    world, now = portal.world, portal.world.now
    elsewhere = (await people.introduce(HAO, people.kita)).candidate
    never = world.candidate()
    left = await consenting(people, LINH, withdrawn_at=now - DAY)
    late = await consenting(people, LINH, expires_at=now - DAY)
    await portal.written()
    mori, address = await portal.signed_in(people.mori), address_of(people)
    page = await mori.get(address)
    assert "Nobody can be put forward for this position" in page.text
    for one in (elsewhere, never, left, late):
        assert one.reference not in page.text
        answer = await mori.post(address, candidates=str(one.id))
        assert (answer.status_code, "no live consent to this company" in answer.text) == (422, True)
        assert one.reference not in answer.text
    assert (await mori.post(address, candidates=str(uuid4()))).status_code == 422
    assert (
        await portal.owner.fetchval("select count(*) from personal.introduction where company_id = $1", people.aoba.id)
        == 0
    )
    entries = await portal.log("action = 'introduction_made'")
    assert [(one["decision"], one["reasons"]) for one in entries] == [("refused", ["no_such_record"])] * 5
    assert await portal.owner.fetchval("select count(*) from portal.mail") == 0


async def test_who_would_not_be_open_is_said_with_the_reason_and_refused(portal: Portal) -> None:
    people = await cast(portal)
    linh, hao = await consenting(people, LINH), await consenting(people, HAO)
    await portal.owner.execute("update personal.candidate set restricted_at = now() where id = $1", hao.id)
    mori, address = await portal.signed_in(people.mori), address_of(people)
    page = await mori.get(address)
    assert set(page.form(address).choices["candidates"]) == {str(linh.id)}
    assert "Use of the person's data is restricted" in page.text
    sent = {**page.form(address).values, "candidates": [str(linh.id), str(hao.id)]}
    answer = await mori.raw("POST", address, data=sent)
    assert answer.status_code == 422
    assert "1 candidate was not put forward." in answer.text
    assert (len(await portal.owner.fetch(MADE, linh.id)), len(await portal.owner.fetch(MADE, hao.id))) == (1, 0)
    page = await mori.get(address)
    assert ("None of them can be put forward now" in page.text, "Put the chosen forward" in page.text) == (True, False)


async def test_what_is_only_asked_leaves_nothing_behind(portal: Portal) -> None:
    people = await cast(portal)
    await consenting(people, LINH)
    mori = await portal.signed_in(people.mori)
    before = await portal.owner.fetchval("select count(*) from personal.introduction")
    await mori.get(address_of(people))
    assert await portal.owner.fetchval("select count(*) from personal.introduction") == before
    [entry] = await portal.log("action = 'candidates_offered'")
    assert entry["company_id"] == people.aoba.id


async def test_another_companys_position_is_none(portal: Portal) -> None:
    people = await cast(portal)
    kita = portal.world.first_opening(people.kita)
    mine = portal.world.first_opening(people.aoba)
    await portal.written()
    linh = await consenting(people, LINH)
    mori = await portal.signed_in(people.mori)
    for company, opening in ((people.kita, kita), (people.aoba, kita), (people.kita, mine)):
        address = f"/companies/{company.id}/openings/{opening.id}/candidates"
        assert (await mori.raw("GET", address)).status_code == 404
        assert (await mori.post(address, candidates=str(linh.id))).status_code == 404
    assert await portal.owner.fetch(MADE, linh.id) == []


async def test_the_list_goes_on_over_pages(portal: Portal) -> None:
    people = await cast(portal)
    world = portal.world
    everybody = [world.candidate(f"P-{number:03}") for number in range(120)]
    for number, one in enumerate(everybody):
        world.consent(one, people.aoba, withdrawn_at=world.now - DAY if number % 4 == 3 else None)
    await portal.written()
    mori, address = await portal.signed_in(people.mori), address_of(people)
    page, seen = await mori.get(address), []
    while True:
        seen += page.texts("tbody .code")
        further = page.links(f"{address}?after=")
        if not further:
            break
        page = await mori.get(further[0])
    assert seen == [one.reference for number, one in enumerate(everybody) if number % 4 != 3]
