"""Sato asks the companies to sign version 2 by a day: Kita signs and goes on, Aoba does not, and closes that second."""

from datetime import timedelta
from typing import Any

import pytest

from portal.agreements.handlers import campaigns
from tests.agreements.templates import from_template, write_template
from tests.client import Browser, Portal
from tests.facts import DAY
from tests.journeys.cast import HAO, LINH, Cast, cast
from tests.signed import as_if_signed

REASON = "A clause on training was added."


async def asked(portal: Portal) -> tuple[Cast, Browser, str]:
    """The cast with a newest template that another drafted, Sato signed in, and the template's address."""
    people = await cast(portal)
    portal.world.agreement(people.kita)
    portal.world.agreement(people.aoba, terminated_at=portal.world.now - DAY)
    etsuko = portal.world.account("etsuko", "compliance", display_name="Etsuko")
    await portal.written()
    await write_template(portal.owner, etsuko, people.sato)
    await write_template(portal.owner, etsuko, people.sato, 2)
    template = await portal.owner.fetchval("select id from portal.agreement_template where version = 2")
    return people, await portal.signed_in(people.sato), f"/agreement-templates/{template}/campaign"


async def begun(portal: Portal, sato: Browser, path: str, days: int = 90) -> str:
    """The address of the campaign, begun after what it closes was said."""
    day = (portal.world.now + timedelta(days=days)).date().isoformat()
    await sato.get(path)
    page = await sato.submit(path, last_day=day, reason=REASON)
    assert "Nothing has begun yet." in page.text
    page = await sato.submit(path)
    assert "The campaign has begun." in page.text
    return page.links("/campaigns/")[0]


async def reasons(portal: Portal, of: Any, after: timedelta) -> set[str]:
    """Why nothing is open of an introduction then, as the rule says it; empty when something is."""
    row = await portal.owner.fetchrow(
        "select selection_items, gate.reason_codes(selection_reasons) as codes from gate.standing_at($2, null)"
        " where introduction_id = $1",
        of.introduction.id, portal.world.now + after,
    )  # fmt: skip
    assert (row["selection_items"] == 0) is bool(row["codes"])
    return set(row["codes"])


async def test_what_it_closes_is_said_and_nothing_is_done_before(portal: Portal) -> None:
    people, sato, path = await asked(portal)
    await people.introduce(LINH, people.aoba)
    await people.introduce(HAO, people.kita)
    page = await sato.get(path)
    assert "2 companies have not signed it." in page.text
    assert "something would close to them for 2 introductions." in page.text
    soon = (portal.world.now + 20 * DAY).date().isoformat()
    page = await sato.submit(path, last_day=soon, reason=REASON)
    assert (page.status, "at least 30 days away" in page.text) == (422, True)
    assert page.form(path).values["reason"].strip() == REASON
    assert await portal.owner.fetchval("select count(*) from portal.campaign") == 0
    assert await portal.owner.fetchval("select count(*) from portal.agreement where campaign_ends_at is not null") == 0
    assert await portal.log("action = 'campaign_started'") == []


async def test_who_does_not_sign_is_closed_that_second_and_who_signs_goes_on(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, sato, path = await asked(portal)
    linh, hao = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.kita)
    address = await begun(portal, sato, path)
    ends = await portal.owner.fetchval("select ends_at from portal.campaign")
    new = portal.world.agreement(people.kita, expires_at=portal.world.now + 400 * DAY, territory=["JP"])
    from_template(new, 2)
    await portal.written()

    page = await sato.get(address)
    assert "1 of 2 companies have signed" in page.text
    assert page.texts("section[aria-labelledby=asked] li")[0].startswith("Aoba Foods Nothing drafted yet")
    monkeypatch.setattr(campaigns, "SHOWN", 1)
    first = await sato.get(address)
    second = await sato.get(first.link("Next"))
    assert [one.texts("section[aria-labelledby=asked] li")[0][:4] for one in (first, second)] == ["Aoba", "Kita"]
    assert (await sato.get(second.link("Previous"))).texts("section[aria-labelledby=asked] li")[0][:4] == "Aoba"
    monkeypatch.undo()
    before, then = ends - portal.world.now - timedelta(microseconds=1), ends - portal.world.now
    assert await reasons(portal, linh, before) == await reasons(portal, hao, then) == set()
    assert await reasons(portal, linh, then) == {"agreement_not_in_force", "new_version_not_signed"}
    [entry] = await portal.log("action = 'campaign_started'")
    assert '"companies": 2' in entry["facts"]

    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    assert REASON in (await hana.get("/agreement")).text
    assert "Waits for the new version of the agreement to be sent" in (await mori.get("/companies")).text
    assert "A new version of the agreement is to be signed by" in (await mori.get(f"/companies/{people.aoba.id}")).text
    page = await mori.get(address)
    assert ("Aoba Foods" in page.text, "Kita Steel" in page.text) == (True, False)
    why = f"/introductions/{linh.introduction.id}"
    assert "ends then unless the company signs the new version" in (await mori.get(why)).text

    assert linh.name in (await hana.get(linh.page)).text
    await portal.owner.execute("update portal.campaign set started_at = now() - interval '1 hour', ends_at = now()")
    await portal.owner.execute("select gate.spread_campaigns()")
    assert linh.name not in (await hana.get(linh.page)).response.text
    page = await mori.get(why)
    assert "The company did not sign the new version of the agreement in time" in page.text
    assert "Send the company an agreement from the newest template" in page.text
    assert "New version not signed" in (await mori.get(f"/companies/{people.aoba.id}")).text
    assert "Not signed in time: closed" in (await sato.get(address)).text
    assert (await sato.post(f"{address}/call-off")).status_code == 303
    shown = await hana.get(linh.page)
    assert linh.name not in shown.response.text, "what has ended is not opened again by calling it off"


async def test_it_is_called_off_and_another_day_is_set(portal: Portal) -> None:
    people, sato, path = await asked(portal)
    linh = await people.introduce(LINH, people.aoba)
    address = await begun(portal, sato, path)
    page = await sato.get(path)
    day = (portal.world.now + 100 * DAY).date().isoformat()
    page = await sato.submit(path, last_day=day, reason="x")
    page = await sato.submit(path)
    assert (page.status, "This version is asked for already." in page.text) == (422, True)
    mori = await portal.signed_in(people.mori)
    assert (await mori.post(f"{address}/call-off")).status_code == 404
    await sato.get(address)
    assert "is called off" in (await sato.submit(f"{address}/call-off")).text
    assert await portal.owner.fetchval("select count(*) from portal.agreement where campaign_ends_at is not null") == 0
    assert await reasons(portal, linh, 200 * DAY) == set()
    await begun(portal, sato, path, 100)
    [entry] = await portal.log("action = 'campaign_called_off' and decision = 'permitted'")
    assert entry["actor_id"] == people.sato.id


async def test_an_older_template_is_not_asked_for_and_what_is_drafted_from_it_ends_too(portal: Portal) -> None:
    people, sato, path = await asked(portal)
    old = await portal.owner.fetchval("select id from portal.agreement_template where version = 1")
    page = await sato.get(f"/agreement-templates/{old}")
    assert page.links(f"/agreement-templates/{old}/campaign") == []
    older = f"/agreement-templates/{old}/campaign"
    day = (portal.world.now + 100 * DAY).date().isoformat()
    await sato.get(older)
    await sato.submit(older, last_day=day, reason="x")
    assert "Only the newest version that is approved" in (await sato.submit(older)).text
    await begun(portal, sato, path)
    ends = await portal.owner.fetchval("select ends_at from portal.campaign")
    late = portal.world.agreement(people.aoba, expires_at=portal.world.now + 400 * DAY, territory=["JP"])
    from_template(late, 1)
    brought = portal.world.agreement(people.aoba)
    await portal.written()
    end = "select gate.end_of(agreement) from portal.agreement where id = $1"
    assert await portal.owner.fetchval(end, late.id) == await portal.owner.fetchval(end, brought.id) == ends
    await as_if_signed(portal.owner, "update portal.agreement set company_signed_at = now() where id = $1", brought.id)
    await portal.owner.execute("update portal.agreement set grace_days = grace_days where id = $1", brought.id)
    assert await portal.owner.fetchval(end, brought.id) is None, "signed after it began, outside of templates"
