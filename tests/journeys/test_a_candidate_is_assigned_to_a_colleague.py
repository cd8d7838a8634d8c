"""Hana takes a candidate on, and hands others to Akane: on the page, several at once, at home and in the list."""

from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast

CHOSEN = ".assign option[selected]"


async def test_one_takes_on_a_candidate_and_hands_over_several(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO)]
    akane = portal.world.account("akane", "employer_admin", people.aoba, display_name="Akane")
    portal.world.undertaking(people.agreement, akane)
    await portal.written()
    hana, other = await portal.signed_in(people.hana), await portal.signed_in(akane)
    page = await hana.get(linh.page)
    assert page.texts(CHOSEN) == []
    page = await hana.submit(f"{linh.page}/assignee", mine="yes")
    assert ("It is changed to whom" in page.text, page.texts(CHOSEN)) == (True, ["Hana"])
    home = await hana.get("/home")
    mine = home.texts("section[aria-labelledby=waiting] li")
    assert any(linh.introduction.code in one for one in mine)
    assert "Assigned to you 1" in home.text

    page = await hana.get("/candidates")
    assert "Assigned to Hana" in page.text
    chosen = [one.get("value", "") for one in page.all(".choose input")]
    page = await hana.see(await hana.post("/candidates/assign", chosen=chosen[:2], to=str(akane.id)))
    assert (page.path, "Assigned: 2." in page.text) == ("/candidates", True)
    mine = (await other.get("/candidates?assigned=me")).texts(".row-link")
    left = {one.name for one in (linh, aung, hao)} - set(mine)
    assert len(left) == 1

    await other.get(linh.page)
    await other.submit(f"{linh.page}/assignee", to="")
    await other.submit(f"{linh.page}/assignee", to=str(akane.id))
    page = await hana.see(await hana.post(f"{linh.page}/assignee", to=str(people.hana.id), shown=str(people.hana.id)))
    assert (page.status, "A colleague assigned this candidate meanwhile" in page.text) == (422, True)


async def test_p1_of_several_the_closed_ones_are_counted_and_not_named(portal: Portal) -> None:
    people = await cast(portal)
    linh, hao = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.aoba)
    hana = await portal.signed_in(people.hana)
    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", hao.consent.id)
    chosen = [str(one.introduction.id) for one in (linh, hao)]
    page = await hana.see(await hana.post("/candidates/assign", chosen=chosen, mine="yes"))
    assert page.status == 422
    assert "Assigned: 1. Closed meanwhile, so nothing was changed: 1." in page.text
    assert (hao.name in page.text, hao.introduction.code in page.text) == (False, False)
    page = await hana.see(await hana.post("/candidates/assign", mine="yes"))
    assert (page.status, "Nobody was assigned. Choose" in page.text) == (422, True)
    page = await hana.see(await hana.post("/candidates/assign", chosen=chosen[0], to=str(people.ken.id)))
    assert "can no longer be assigned candidates: 1." in page.text
    assert str(people.ken.display_name) not in page.text
