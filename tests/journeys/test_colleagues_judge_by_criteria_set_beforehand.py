"""Akane sets a position's criteria; she and Hana judge Linh, each before seeing the other's, until the decision."""

from tests.client import Portal
from tests.facts import Account
from tests.journeys.cast import AUNG, LINH, Cast, cast


def akane_of(portal: Portal, people: Cast) -> Account:
    """An administrator of Aoba's, who has accepted the undertaking."""
    akane = portal.world.account("akane", "employer_admin", people.aoba, display_name="Akane")
    portal.world.undertaking(people.agreement, akane)
    return akane


async def test_each_judges_by_the_criteria_and_sees_the_others_after_that(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung = await people.introduce(LINH, people.aoba), await people.introduce(AUNG, people.aoba)
    akane = akane_of(portal, people)
    await portal.written()
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(akane)
    address, criteria = f"{linh.page}/scorecards", f"/team/criteria/{linh.introduction.opening.id}"

    page = await hana.get(address)
    assert "An administrator of your company sets them" in page.text
    page = await admin.get(address)
    assert page.link("Set the criteria") == criteria
    await admin.get(criteria)
    page = await admin.submit(criteria)
    assert (page.status, "Please choose at least one." in page.text) == (422, True)
    page = await admin.see(await admin.post(criteria, codes=["skills", "japanese"], shown="0"))
    assert ("The criteria are set." in page.text, "Skills for the work, Japanese for the work" in page.text) == (
        True,
        True,
    )
    page = await admin.see(await admin.post(criteria, codes="safety", shown="0"))
    assert (page.status, "A colleague set other criteria meanwhile" in page.text) == (422, True)
    mori = await portal.signed_in(people.mori)
    assert (
        "Judged by: Skills for the work, Japanese for the work" in (await mori.get(f"/companies/{people.aoba.id}")).text
    )

    assert (await hana.get("/home")).links(address) == [], "before the interview it is waited for of nobody else"
    await hana.get(linh.page)
    await hana.submit(f"{linh.page}/stage", stage="interview")
    assert (await hana.get("/home")).links(address) == [address]
    page = await hana.get(address)
    assert page.texts(".rated legend b") == ["Skills for the work", "Japanese for the work"]
    page = await hana.submit(address, recommendation="strongly", note="Knows hydraulics")
    assert (page.status, "Judge at least one criterion." in page.text) == (422, True)
    page = await hana.submit(address, skills="4", note="Her age is a problem")
    assert (page.status, "names what may not decide" in page.text) == (422, True)
    page = await hana.submit(address, note="Knows hydraulics")
    assert ("Your scorecard is filled in." in page.text, "No colleague has filled one in yet." in page.text) == (
        True,
        True,
    )
    assert (await hana.get("/home")).links(address) == []

    page = await admin.get(linh.page)
    assert "1 colleague filled one in. You see theirs once yours is there." in page.text
    page = await admin.get(address)
    assert ("Knows hydraulics" in page.text, "Hana" in page.text) == (False, False)
    page = await admin.submit(address, skills="2", recommendation="rather_not")
    assert "Hana" in page.texts("thead th")[2]
    assert page.texts("tbody td b") == ["Rather not recommended", "Strongly recommended"]
    assert "Knows hydraulics" in page.text

    page = await hana.get(address)
    page = await hana.submit(address, recommendation="recommended")
    assert ("Your scorecard is corrected." in page.text, "At first: Strongly recommended" in page.text) == (True, True)
    page = await hana.get(f"/candidates/compare?chosen={linh.introduction.id}&chosen={aung.introduction.id}")
    assert ("Akane" in page.text, "Fill in yours" in page.text) == (True, True)
    entries = await portal.log("action in ('scorecard_filled_in', 'scorecards_read') and decision = 'permitted'")
    assert {one["introduction_id"] for one in entries} == {linh.introduction.id}


async def test_the_decision_closes_it_and_what_was_typed_is_shown(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    akane = akane_of(portal, people)
    await portal.written()
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(akane)
    address, criteria = f"{linh.page}/scorecards", f"/team/criteria/{linh.introduction.opening.id}"
    await admin.get(criteria)
    await admin.submit(criteria, codes="skills")
    await hana.get(address)
    await hana.submit(address, skills="3", recommendation="recommended", note="Strong on hydraulics")
    await admin.get(address)
    await hana.get(linh.page)
    await hana.decide(linh.page, result="hired", reason="offer_accepted")

    page = await admin.see(
        await admin.post(address, version="1", skills="3", recommendation="strongly", note="Nearly lost")
    )
    assert (page.status, "its scorecards are closed" in page.text, "Nearly lost" in page.text) == (422, True, True)
    assert "Strong on hydraulics" not in page.text
    page = await hana.get(address)
    assert (page.title, "Scorecards" in page.text) == (linh.name, False)

    read = {}
    asked = f"/people/{linh.candidate.id}/items"
    for who, ground in ((people.sato, "person_asked"), (people.sato, "complaint"), (people.mori, "person_asked")):
        browser = await portal.signed_in(who)
        page = await browser.see(await browser.post(asked, ground=ground))
        read[who.role, ground] = "Strong on hydraulics" in page.text
    assert [given for given, shown in read.items() if shown] == [("compliance", "person_asked")]
    await portal.owner.execute("update personal.consent set withdrawn_at = now()")
    assert (await hana.see(await hana.post(address, version="1", skills="3", recommendation="strongly"))).status == 404
