"""Mori sees, on a ground, the very page that Hana would open, before anybody is put forward."""

import re
from typing import Any

from portal.candidates.items import Item
from tests.client import Portal
from tests.facts import DAY
from tests.journeys.cast import HAO, LINH, cast
from tests.journeys.test_an_account_manager_puts_candidates_forward import address_of, consenting
from tests.page import Page

GROUND = {"ground": "before_introducing"}
FAIR = Item.NAME | Item.NATIONALITY | Item.AGE | Item.BACKGROUND | Item.EMAIL
COUNTED = "select count(*) from personal.introduction"


def told(page: Page) -> tuple[list[str], list[str], list[str]]:
    """What a candidate's page shows of the person: title, particulars, and what is shared or not."""
    particulars = [one for one in page.texts("article section dd") if not re.search(r"\d{2}:\d{2}", one)]
    return page.texts("h1"), particulars, page.texts(".basis .items li")


async def test_it_is_the_page_that_the_recruiter_opens_then(portal: Portal) -> None:
    people = await cast(portal)
    linh = await consenting(people, LINH, items=FAIR)
    await portal.owner.execute("update portal.opening set fair_screening = true where company_id = $1", people.aoba.id)
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    page = await mori.get(address_of(people))
    [address] = [one for one in page.links("/companies/") if one.endswith("/preview")]
    page = await mori.get(address)
    assert LINH["display"] not in page.response.text
    before = await portal.owner.fetchval(COUNTED)
    page = await mori.submit(address, **GROUND)
    assert "This is what the recruiters of Aoba Foods would see." in page.text
    assert page.links("/candidates") == []
    assert await portal.owner.fetchval(COUNTED) == before
    seen = told(page)
    page = await mori.submit(address_of(people))
    assert "Put forward: 1." in page.text
    [made] = await portal.owner.fetch("select id from personal.introduction where candidate_id = $1", linh.id)
    opened = await hana.get(f"/candidates/{made['id']}")
    assert told(opened) == seen
    assert "Vietnam" not in opened.response.text
    looked, shown = await portal.log("action = 'introduction_previewed'"), await portal.log("action = 'page_shown'")
    assert [one["items"] for one in looked] == [one["items"] for one in shown] == [int(Item.NAME | Item.BACKGROUND)]
    [entry] = looked
    assert (entry["decision"], entry["actor_id"], entry["company_id"]) == ("permitted", people.mori.id, people.aoba.id)
    assert entry["facts"] == '{"preview_ground": "before_introducing"}'
    side = "select candidate_id from accesslog.entry_subject where entry_id = $1"
    assert await portal.owner.fetchval(side, entry["id"]) == linh.id


async def test_whom_the_list_does_not_offer_is_shown_to_nobody(portal: Portal) -> None:
    people = await cast(portal)
    world, now = portal.world, portal.world.now
    introduced = (await people.introduce(LINH, people.aoba)).candidate
    elsewhere = (await people.introduce(HAO, people.kita)).candidate
    cases: dict[str, Any] = {
        "no consent": world.candidate(),
        "introduced already": introduced,
        "consent to another": elsewhere,
        "withdrawn": await consenting(people, HAO, withdrawn_at=now - DAY),
        "expired": await consenting(people, HAO, expires_at=now - DAY),
    }
    await portal.written()
    mori, base = await portal.signed_in(people.mori), address_of(people)
    await mori.get(base)
    for said, person in cases.items():
        answer = await mori.post(f"{base}/{person.id}/preview", **GROUND)
        assert (said, answer.status_code) == (said, 404)
    entries = await portal.log("action = 'introduction_previewed'")
    assert {(one["decision"], one["items"]) for one in entries} == {("refused", 0)}
    restricted = await consenting(people, HAO)
    await portal.owner.execute("update personal.candidate set restricted_at = now() where id = $1", restricted.id)
    assert (await mori.post(f"{base}/{restricted.id}/preview", **GROUND)).status_code == 404
    [*_, entry] = await portal.log("action = 'introduction_previewed'")
    assert entry["reasons"] == ["candidate_restricted"]
    free = await consenting(people, HAO)
    answer = await mori.post(f"{base}/{free.id}/preview", ground="")
    assert (answer.status_code, HAO["latin"] in answer.text) == (422, False)


async def test_what_stands_beside_is_told_to_no_other_transaction(portal: Portal) -> None:
    people = await cast(portal)
    linh = await consenting(people, LINH)
    opening = portal.world.first_opening(people.aoba)
    mori = await portal.signed_in(people.mori)
    await mori.get(address_of(people))
    assert (await mori.post(f"{address_of(people)}/{linh.id}/preview", **GROUND)).status_code == 200
    web = await portal.database.connect("portal_web")
    async with web.transaction():
        await web.execute("select set_config('portal.session', $1, true)", mori.secret)
        assert await web.fetch("select * from gate.preview_basis($1, $2)", opening.id, linh.id) == []
