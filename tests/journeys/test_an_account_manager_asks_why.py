"""Mori sees the companies he looks after, what stands between a candidate and each, and no name."""

import re

from portal.candidates.items import ALL_ITEMS, Item
from portal.disclosure.explain import REASONS_OF
from portal.disclosure.next_acts import NEXT, next_act
from tests.client import Portal
from tests.facts import DAY, HOUR, Introduction
from tests.journeys.cast import HAO, LINH, cast
from tests.signed import as_if_signed


async def test_mori_learns_why_aoba_cannot_see_someone(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hao = await people.introduce(HAO, people.aoba, withdrawn_at=portal.world.now)
    elsewhere = await people.introduce(HAO, people.kita)
    mori = await portal.signed_in(people.mori)

    page = await mori.get("/")
    assert (page.path, f"{hao.introduction.code} Aoba Foods Withdrawn on" in page.text) == ("/home", True)
    page = await mori.get("/companies")
    assert "Aoba Foods" in page.text
    assert "Kita Steel" not in page.text
    page = await mori.get(page.links("/companies/")[1])
    assert page.title.startswith("Aoba Foods")
    assert people.agreement.number in page.text
    assert (await mori.raw("GET", f"/companies/{people.kita.id}")).status_code == 404

    page = await mori.get("/introductions")
    assert linh.introduction.code in page.text
    assert hao.introduction.code in page.text
    assert elsewhere.introduction.code not in page.text
    for person in (linh, hao):
        assert person.name not in page.response.text
    page = await mori.get(f"/introductions/{hao.introduction.id}")
    assert "The person withdrew the consent" in page.text
    assert "Not met" in page.text
    assert hao.name not in page.response.text
    assert (await mori.raw("GET", f"/introductions/{elsewhere.introduction.id}")).status_code == 404
    entries = await portal.log("action = 'explained'")
    assert [entry["decision"] for entry in entries] == ["permitted", "refused"]


async def test_what_is_asked_of_companies_abroad_is_not_said_to_be_met_by_others(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    abroad = portal.world.company("merlion", country="SG", account_manager=people.mori)
    portal.world.agreement(abroad)
    hao = await people.introduce(HAO, abroad)
    mori = await portal.signed_in(people.mori)

    async def notice(introduction: Introduction) -> str:
        page = await mori.get(f"/introductions/{introduction.id}")
        (told,) = {one for one in page.texts(".conditions-list li") if one.startswith("For a company abroad")}
        return told

    assert (await notice(linh.introduction)).endswith("Does not apply")
    assert (await notice(hao.introduction)).endswith("Not met")


async def test_of_what_is_open_in_part_the_rest_is_explained(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba, items=ALL_ITEMS & ~Item.GENDER)
    await as_if_signed(portal.owner, "update portal.agreement set items = $1", ALL_ITEMS & ~Item.PHOTO & ~Item.GENDER)
    await portal.owner.execute("update personal.candidate set regime = 'eea'")
    mori = await portal.signed_in(people.mori)
    page = await mori.get(f"/introductions/{linh.introduction.id}")
    closed = page.texts(".closed li")
    assert any(
        re.match("Gender.*the agreement does not cover it, the person did not consent to it, the law", one)
        for one in closed
    )
    assert any(re.match("Photo.*the agreement does not cover it, the law", one) for one in closed)
    assert any(re.match("Name.*the law that protects the person does not admit it", one) for one in closed)
    assert not any(one.startswith("Work and education") for one in closed)
    assert len([one for one in closed if one.startswith("Name")]) == 2  # it serves both purposes
    await portal.owner.execute("update personal.consent set withdrawn_at = now()")
    page = await mori.get(f"/introductions/{linh.introduction.id}")
    assert page.texts(".closed li") == []


async def test_an_agreement_that_ends_soon_says_so_and_one_that_ended_says_how(portal: Portal) -> None:
    people = await cast(portal)
    aoba, now = people.aoba, portal.world.now
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    places = ((mori, "/companies"), (mori, f"/companies/{aoba.id}"), (hana, "/agreement"))
    for browser, path in places:
        assert "Ends in" not in (await browser.get(path)).text
    await as_if_signed(portal.owner, "update portal.agreement set expires_at = $1", now + 9 * DAY + HOUR)
    for browser, path in places:
        assert "Ends in 9 days" in (await browser.get(path)).text, path
    await portal.owner.execute("update portal.agreement set terminated_at = $1", now + 5 * DAY + HOUR)
    for browser, path in places:
        assert "Ends in 5 days" in (await browser.get(path)).text, path
    await portal.owner.execute("update portal.agreement set terminated_at = null")
    await as_if_signed(portal.owner, "update portal.agreement set expires_at = $1", now + HOUR)
    assert "Ends today" in (await hana.get("/agreement")).text
    usual = {"company_signed_at": now - 90 * DAY, "operator_signed_at": now - 90 * DAY, "effective_at": now - 90 * DAY}
    portal.world.agreement(aoba, **usual, superseded_at=now - 50 * DAY)
    portal.world.agreement(aoba, **usual, expires_at=now - 60 * DAY)
    portal.world.agreement(aoba, **usual, terminated_at=now - 70 * DAY)
    await portal.written()
    told = (await mori.get(f"/companies/{aoba.id}")).text
    for word in ("Replaced", "Expired", "Terminated"):
        assert told.count(word) == 1, word


async def test_the_next_act_and_who_can_do_it_are_named(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    mori = await portal.signed_in(people.mori)
    address = f"/introductions/{linh.introduction.id}"
    assert (await mori.get(address)).texts(".next-act") == []
    await portal.owner.execute("update portal.company set status = 'suspended' where id = $1", people.aoba.id)
    for said in (await mori.get(address)).texts(".next-act"):
        assert "reactivate the company on its page. Who can do it: the account manager who looks after" in said
    await portal.owner.execute("update personal.consent set withdrawn_at = now()")
    told = (await mori.get(address)).texts(".next-act")
    assert len(told) == 2
    for said in told:
        assert "A new consent of the person, by a notice that names this company" in said
        assert said.endswith("Who can do it: the person.")
    await portal.owner.execute("update personal.candidate set erased_at = now()")
    for said in (await mori.get(address)).texts(".next-act"):
        assert said == "What comes next: Nothing opens it: the person's data are erased."


def test_every_reason_of_the_rule_has_its_next_act() -> None:
    reasons = {reason for found in REASONS_OF.values() for reason in found}
    assert reasons == set(NEXT) - {"company_terminated"}
    for reason in reasons - {"candidate_erased", "company_outside_japan"}:
        stays = next_act([reason], "terminated")
        assert stays is not None
        assert stays.who == "", reason


async def test_a_recruiter_is_never_told_why(portal: Portal) -> None:
    people = await cast(portal)
    hao = await people.introduce(HAO, people.aoba, withdrawn_at=portal.world.now)
    hana = await portal.signed_in(people.hana)
    answer = await hana.raw("GET", f"/introductions/{hao.introduction.id}")
    assert answer.status_code == 404
    assert "withdrew" not in answer.text


async def test_a_code_heard_on_the_telephone_is_found(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    elsewhere = await people.introduce(HAO, people.kita)
    mori = await portal.signed_in(people.mori)
    await mori.get("/introductions")
    heard = linh.introduction.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    page = await mori.submit("/introductions", introduction=heard)
    assert page.texts("#results .row-link") == [linh.introduction.code]
    page = await mori.submit("/introductions", introduction=linh.introduction.code.removeprefix("SK-"))
    assert page.texts("#results .row-link") == [linh.introduction.code]
    page = await mori.submit("/introductions", introduction=elsewhere.introduction.code)
    assert page.texts("#results .row-link") == []


async def test_an_empty_list_says_why_it_is_empty(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    for query, said in (
        ("", "when they are imported"),
        ("?introduction=SK-7Q2M8R4T", "no company you look after has an introduction with this code"),
        ("?standing=open", "try fewer conditions"),
    ):
        assert said in (await mori.get(f"/introductions{query}")).text.lower(), query
