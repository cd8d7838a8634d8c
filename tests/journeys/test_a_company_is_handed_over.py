"""Mori hands a company over to another account manager; an administrator gives away one that was left with nobody."""

from tests.client import Portal
from tests.journeys.cast import cast


async def test_an_account_manager_hands_a_company_over(portal: Portal) -> None:
    people = await cast(portal)
    other = portal.world.account("kato", "account_manager")
    gone = portal.world.account("gone", "account_manager", status="suspended")
    await portal.written()
    mori, kato = await portal.signed_in(people.mori), await portal.signed_in(other)
    address = f"/companies/{people.aoba.id}"
    page = await mori.get(f"{address}/hand-over")
    assert ("Kato" in page.text, "Gone" in page.text) == (True, False)
    page = await mori.submit(f"{address}/hand-over")
    assert (page.status, "Please fill this in" in page.text or "choose" in page.text.lower()) == (422, True)
    answer = await mori.post(f"{address}/hand-over", heir=str(gone.id))
    assert answer.status_code == 422
    page = await mori.submit(f"{address}/hand-over", heir=str(other.id))
    assert (page.path, "The company is handed over." in page.text) == ("/companies", True)
    assert (await mori.raw("GET", address)).status_code == 404
    assert (await kato.get(address)).status == 200
    [entry] = await portal.log("action = 'company_handed_over'")
    assert (str(people.mori.id) in entry["facts"], str(other.id) in entry["facts"]) == (True, True)
    assert (await mori.post(f"{address}/hand-over", heir=str(people.mori.id))).status_code == 404


async def test_an_administrator_gives_away_a_company_that_nobody_looks_after(portal: Portal) -> None:
    people = await cast(portal)
    left = portal.world.company("left", name="Left Behind")
    await portal.written()
    abe = await portal.signed_in(people.abe)
    address = f"/accounts/{people.mori.id}/companies"
    assert address in (await abe.get(f"/accounts/{people.mori.id}")).links()
    page = await abe.get(address)
    assert "Left Behind" not in page.text, "no page carries all companies"
    suggested = (await abe.post("/companies/called", company="left")).text
    assert ("Left Behind (" in suggested, "nobody looks after it" in suggested) == (True, True)
    page = await abe.submit(address, company="aoba")
    assert (page.status, "looks after the company already" in page.text) == (422, True)
    page = await abe.submit(address, company="left behind")
    assert "The company is handed over." in page.text
    mori = await portal.signed_in(people.mori)
    assert (await mori.get(f"/companies/{left.id}")).title == "Left Behind"
    assert (await abe.raw("GET", f"/accounts/{people.hana.id}/companies")).status_code == 404
