"""Hana's company asks to have a decision undone, and its account manager answers. What ended otherwise stays closed."""

import pytest

from tests.client import Browser, Portal
from tests.facts import DAY
from tests.journeys.cast import LINH, Cast, Person, cast

BECAUSE = "position_open_again"


async def decided(portal: Portal) -> tuple[Cast, Person, Browser, Browser]:
    """A decision of yesterday, Hana, and the account manager."""
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    portal.world.outcome(linh.introduction, recorded_at=portal.world.now - DAY)
    await portal.written()
    await portal.owner.execute("update personal.outcome set stage_before = 'offer'")
    return people, linh, await portal.signed_in(people.hana), await portal.signed_in(people.mori)


async def test_it_opens_again_by_a_reason_and_the_account_managers_approval(portal: Portal) -> None:
    _people, linh, hana, mori = await decided(portal)
    page = await hana.get(linh.page)
    assert ("The selection is over." in page.text, page.links(f"{linh.page}/resume")) == (True, [])
    page = await hana.submit(f"{linh.page}/reopening", reason=BECAUSE)
    assert "is asked to reopen the selection. Until the answer everything stays closed." in page.text
    assert (await hana.raw("GET", f"{linh.page}/resume.pdf")).status_code == 404, "nothing is open by asking"
    page = await mori.get("/reopenings")
    assert (linh.introduction.code in page.text, "Linh" in page.text) == (True, False)
    page = await mori.submit("/reopenings", answer="yes")
    assert "The selection is open again for the company, and the person is told." in page.text
    page = await hana.get(linh.page)
    assert page.texts(".stages [aria-current]") == ["Interview"], "never at the offer, which says what it opens"
    assert "Recorded before and undone" in page.text
    assert (await hana.raw("GET", f"{linh.page}/resume.pdf?form=ja&calendar=era")).status_code == 200
    kinds = await portal.owner.fetch("select kind from portal.mail order by kind")
    assert {row["kind"] for row in kinds} >= {"reopening_asked_for", "reopening_answered", "selection_reopened"}
    acts = [one["action"] for one in await portal.log("action in ('reopening_asked_for', 'introduction_reopened')")]
    assert acts == ["reopening_asked_for", "introduction_reopened"]
    page = await hana.decide(linh.page, result="hired", reason="offer_accepted")
    assert "The selection is over." in page.text, "and is decided anew"


async def test_a_declined_one_stays_closed_and_can_be_asked_for_again(portal: Portal) -> None:
    _people, linh, hana, mori = await decided(portal)
    await hana.get(linh.page)
    await hana.submit(f"{linh.page}/reopening", reason=BECAUSE)
    await mori.get("/reopenings")
    assert "Declined." in (await mori.submit("/reopenings", answer="no")).text
    page = await hana.get(linh.page)
    assert ("declined to reopen" in page.text, "The selection is over." in page.text) == (True, True)
    assert "is asked to reopen" in (await hana.submit(f"{linh.page}/reopening", reason=BECAUSE)).text


ENDS = {
    "consent_withdrawn": "update personal.consent set withdrawn_at = now()",
    "candidate_restricted": "update personal.candidate set restricted_at = now()",
    "opening_closed": "update portal.opening set status = 'closed'",
    "company_not_active": "update portal.company set status = 'suspended' from personal.introduction as made"
    " where company.id = made.company_id",
}


@pytest.mark.parametrize("ending", ENDS)
async def test_what_ended_meanwhile_stays_closed_at_the_moment_of_approval(portal: Portal, ending: str) -> None:
    _people, linh, hana, mori = await decided(portal)
    await hana.get(linh.page)
    await hana.submit(f"{linh.page}/reopening", reason=BECAUSE)
    await portal.owner.execute(ENDS[ending])
    await mori.get("/reopenings")
    page = await mori.submit("/reopenings", answer="yes")
    assert "Nothing was opened" in page.text
    assert (await portal.log("action = 'introduction_reopened'"))[-1]["reasons"] == [ending]
    assert await portal.owner.fetchval("select count(*) from personal.outcome_undone") == 0


async def test_only_whoever_looks_after_the_company_answers(portal: Portal) -> None:
    people, linh, hana, _mori = await decided(portal)
    other = portal.world.account("eri", "account_manager")
    await portal.written()
    await hana.get(linh.page)
    await hana.submit(f"{linh.page}/reopening", reason=BECAUSE)
    asked = str(await portal.owner.fetchval("select id from personal.reopening"))
    eri = await portal.signed_in(other)
    assert linh.introduction.code not in (await eri.get("/reopenings")).text
    for browser in (eri, hana, await portal.signed_in(people.ken), await portal.signed_in(people.sato)):
        assert (await browser.post("/reopenings", asked=asked, answer="yes")).status_code == 404
    assert await portal.owner.fetchval("select granted from personal.reopening") is None
