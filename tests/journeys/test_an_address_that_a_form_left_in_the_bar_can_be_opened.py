"""Some forms are answered with a page, at an address that is no page: opened again, it leads to where the form was."""

from tests.client import Portal
from tests.journeys.cast import LINH, cast


async def test_what_a_recruiters_forms_left_leads_to_the_candidate_and_the_agreement(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    page = await hana.submit(f"{linh.page}/contact")
    assert (await hana.get(page.path)).path == linh.page
    await hana.get(linh.page)
    page = await hana.submit(f"{linh.page}/outcome", result="hired", reason="no_reply")
    assert (await hana.get(page.path)).title == linh.name
    assert (await hana.get("/agreement/undertaking")).path == "/agreement"


async def test_what_an_administrators_forms_left_leads_to_the_accounts(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    for action in ("link", "reactivate"):
        assert (await abe.get(f"/accounts/{people.hana.id}/{action}")).path == "/accounts"
    assert (await abe.get(f"/accounts/{people.hana.id}/suspend")).title == "Suspend an account"


async def test_p1_it_says_nothing_of_what_is_not_there(portal: Portal) -> None:
    people = await cast(portal)
    elsewhere = await people.introduce(LINH, people.kita)
    hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
    before = len(await portal.log())
    answer = await hana.raw("GET", f"{elsewhere.page}/contact")
    assert (answer.status_code, answer.headers["location"]) == (303, elsewhere.page)
    assert len(await portal.log()) == before
    assert (await mori.raw("GET", f"{elsewhere.page}/contact")).status_code == 404
