"""Nobody sees anyone before their own promise: the list says so, the agreement takes it, and then the list opens."""

from uuid import uuid4

from tests.client import Portal
from tests.journeys.cast import LINH, cast
from tests.page import Page


async def test_a_new_recruiter_promises_and_then_sees(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.aoba, display_name="Yui"))

    page = await yui.get("/candidates")
    assert linh.name not in page.text
    assert "One promise comes first" in page.text
    for path in (linh.page, f"/candidates/{uuid4()}"):  # whoever it is about, and whether there is anybody
        page = await yui.get(path)
        assert "One promise comes first" in page.text
        assert linh.name not in page.response.text
    assert (await portal.log("action = 'page_shown'"))[-1]["decision"] == "refused"
    page = await yui.get("/candidates")
    page = await yui.get(page.link("Read and accept the undertaking"))
    assert people.agreement.number in page.text
    assert people.agreement.text in page.text

    page = await yui.submit("/agreement/undertaking")
    assert page.status == 422
    assert "Tick the box" in page.text
    page = await yui.submit("/agreement/undertaking", promise="yes")
    assert page.path == "/candidates"
    assert page.texts("#results .row-link") == [linh.name]
    entry = (await portal.log("action = 'undertaking_accepted'"))[-1]
    assert (entry["decision"], entry["agreement_id"]) == ("permitted", people.agreement.id)
    assert "You accepted it" in (await yui.get("/agreement")).text


async def test_a_promise_under_another_companys_agreement_opens_nothing(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.kita))
    answer = await yui.post("/agreement/undertaking", agreement=str(people.agreement.id), promise="yes")
    assert answer.status_code == 404
    assert linh.name not in Page(await yui.raw("GET", "/candidates")).text


async def test_a_new_agreement_asks_for_a_new_promise(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    assert (await hana.get(linh.page)).status == 200
    ended = "update portal.agreement set terminated_at = now() where id = $1"
    await portal.owner.execute(ended, people.agreement.id)
    portal.world.agreement(people.aoba)
    await portal.written()
    page = await hana.get("/candidates")
    assert "One promise comes first" in page.text
    await hana.get("/agreement")
    page = await hana.submit("/agreement/undertaking", promise="yes")
    assert page.texts("#results .row-link") == [linh.name]


async def test_without_an_agreement_the_page_says_whom_to_ask(portal: Portal) -> None:
    people = await cast(portal)
    new = portal.world.company("new")
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", new))
    assert people.aoba.name not in (await yui.get("/agreement")).text
    assert "no agreement in force" in (await yui.get("/agreement")).text
    assert (await yui.get("/candidates")).status == 200
