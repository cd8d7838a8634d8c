"""Mori changes a company, its positions and its state: each by one act, on the record, and only her own companies."""

from datetime import UTC, datetime

import pytest

from tests.client import Browser, Portal
from tests.facts import Account, Company
from tests.journeys.cast import LINH, cast
from tests.journeys.test_an_account_manager_creates_a_company import NUMBER, TYPED


async def created(portal: Portal, mori: Browser) -> str:
    """The address of a company that Mori has just made."""
    await mori.get("/companies/new")
    return (await mori.submit("/companies/new", **TYPED)).path


async def test_a_company_on_which_nothing_stands_is_changed(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    address = await created(portal, mori)
    page = await mori.get(f"{address}/record")
    assert page.form(page.path).values["corporate_number"] == NUMBER
    page = await mori.submit(f"{address}/record", name="南川食品株式会社", address="京都府京都市1-1")
    assert (page.path, "The changes are saved." in page.text, "南川食品株式会社" in page.text) == (address, True, True)
    [entry] = await portal.log("action = 'company_changed'")
    assert '"name_changed": true' in entry["facts"]
    assert '"address_changed": true' in entry["facts"]
    assert "representative" not in entry["facts"]


async def test_what_was_changed_meanwhile_is_said_and_nothing_is_lost(portal: Portal) -> None:
    people = await cast(portal)
    mori, elsewhere = await portal.signed_in(people.mori), await portal.signed_in(people.mori)
    address = await created(portal, mori)
    for browser in (mori, elsewhere):
        await browser.get(f"{address}/record")
    await elsewhere.submit(f"{address}/record", representative="代表取締役 南 一", name_latin="Minami Foods")
    page = await mori.submit(f"{address}/record", address="京都府京都市1-1", name_latin="Minami Food Works")
    assert page.status == 422
    assert "It says now: Minami Foods." in page.text
    assert page.text.count("Somebody else changed this while you were writing.") == 2  # at its field, and in the list
    values = page.form(f"{address}/record").values
    assert (values["representative"], values["name_latin"]) == ("代表取締役 南 一", "Minami Food Works")
    assert values["address"] == "京都府京都市1-1"
    page = await mori.submit(f"{address}/record")
    assert "The changes are saved." in page.text
    for kept in ("代表取締役 南 一", "京都府京都市1-1", "Minami Food Works"):
        assert kept in page.text
    assert len(await portal.log("action = 'company_changed'")) == 2


async def test_a_number_that_another_company_has_is_not_taken(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    await created(portal, mori)
    await mori.get("/companies/new")
    other = {**TYPED, "name": "別の会社", "name_latin": "", "country": "VN", "corporate_number": ""}
    second = (await mori.submit("/companies/new", **other)).path
    await mori.get(f"{second}/record")
    page = await mori.submit(f"{second}/record", corporate_number=NUMBER)
    assert (page.status, "Another company has this corporate number already." in page.text) == (422, True)


async def test_a_company_becomes_active_when_nothing_is_lacking(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    address = await created(portal, mori)
    page = await mori.get(address)
    assert "No agreement is in force." in page.text
    assert f"{address}/activate" not in page.response.text
    await mori.post(f"{address}/activate", reason="Too early")
    assert await status(portal, address) == "pending"
    made = Company(**{**people.aoba.__dict__, "id": (await portal.log("action = 'company_created'"))[0]["subject_id"]})
    portal.world.agreement(made)
    await portal.written()
    assert f"{address}/activate" not in (await mori.get(address)).response.text
    await mori.post(f"{address}/send-to-screening", reason="It asked for people")
    await approved(portal, people.sato, address)
    page = await mori.get(address)
    assert f"{address}/activate" in page.links(address)
    await mori.get(f"{address}/activate")
    page = await mori.submit(f"{address}/activate", reason=" ")
    assert (page.status, "Please fill this in" in page.text) == (422, True)
    page = await mori.submit(f"{address}/activate", reason="Everything is there")
    assert "The company is active" in page.text
    assert "Reason: Everything is there" in page.text
    assert await status(portal, address) == "active"
    assert [entry["action"] for entry in await portal.log("action = 'company_activated'")] == ["company_activated"]


async def approved(portal: Portal, officer: Account, address: str) -> None:
    """Compliance approves the company at this address."""
    sato = await portal.signed_in(officer)
    asked = f"/screenings/{address.rpartition('/')[2]}"
    await sato.get(asked)
    page = await sato.submit(asked, outcome="approved", note="Found in the register")
    assert "The company is approved." in page.text


async def status(portal: Portal, address: str) -> str:
    """The state of the company at this address."""
    found: str = await portal.owner.fetchval(
        "select status from portal.company where id::text = $1", address.rpartition("/")[2]
    )
    return found


async def test_p3_a_suspended_company_sees_nobody_at_the_next_click(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    assert (await hana.get(linh.page)).status == 200
    address = f"/companies/{people.aoba.id}"
    await mori.get(f"{address}/suspend")
    page = await mori.submit(f"{address}/suspend", reason=" ")
    assert (page.status, "Please fill this in" in page.text) == (422, True)
    page = await mori.submit(f"{address}/suspend", reason="Asked by its representative")
    assert "Asked by its representative" in page.text
    answer = await hana.raw("GET", linh.page)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in"), "signed out at once"
    hana = await portal.signed_in(people.hana, started_at=datetime.now(UTC))
    assert linh.name not in (await hana.get(linh.page)).text, "and whoever signs in anew sees nobody"
    await mori.get(f"{address}/activate")
    page = await mori.submit(f"{address}/activate", reason="Its question is answered")
    assert "The company is active" in page.text
    assert "Its question is answered" in page.text
    assert "Asked by its representative" not in page.text
    assert (await hana.get(linh.page)).status == 200
    acts = [entry["action"] for entry in await portal.log("subject_id = $1", people.aoba.id)]
    assert acts == ["company_suspended", "company_reactivated"]


async def test_p3_a_terminated_company_is_signed_out_and_stays_so(portal: Portal) -> None:
    people = await cast(portal)
    await people.introduce(LINH, people.aoba)
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    address = f"/companies/{people.aoba.id}"
    await mori.get(f"{address}/terminate")
    page = await mori.submit(f"{address}/terminate", reason="The contract ended")
    assert (page.status, "Please tick this box" in page.text) == (422, True)
    assert page.form(f"{address}/terminate").values["reason"] == "The contract ended"
    page = await mori.submit(f"{address}/terminate", sure="yes")
    assert "The company is terminated" in page.text
    assert "In force" not in page.texts("section[aria-labelledby=agreements] li")[0]
    assert "The contract ended" in page.text
    assert (await hana.raw("GET", "/candidates")).headers["location"].startswith("/sign-in")
    await mori.post(f"{address}/activate", reason="Once more")
    assert await status(portal, address) == "terminated"
    again = await portal.signed_in(people.hana, started_at=datetime.now(UTC))
    assert "Your company's access has ended" in (await again.get("/candidates")).text
    assert "Over: the company is terminated" in (await again.get("/agreement")).text
    for gone in ("activate", "suspend", "terminate", "openings/new"):
        assert (await mori.raw("GET", f"{address}/{gone}")).status_code == 404
    [entry] = await portal.log("action = 'company_terminated'")
    assert '"ended": 1' in entry["facts"]


async def test_positions_are_made_changed_closed_and_opened_again(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    address = f"/companies/{people.aoba.id}"
    await mori.get(f"{address}/openings/new")
    page = await mori.submit(f"{address}/openings/new", title="")
    assert page.status == 422
    page = await mori.submit(f"{address}/openings/new", title="調理師", title_latin="Cook", description="Two shifts")
    assert ("The position is created." in page.text, "Cook" in page.text) == (True, True)
    [made] = await portal.log("action = 'opening_created'")
    opening = f"{address}/openings/{made['subject_id']}"
    page = await mori.get(opening)
    assert page.form(opening).values["description"] == "Two shifts"
    other = await portal.signed_in(people.mori)
    await other.get(opening)
    await other.submit(opening, title_latin="Chef")
    page = await mori.submit(opening, description="One shift")
    assert (page.status, page.form(opening).values["title_latin"]) == (422, "Chef")
    page = await mori.submit(opening)
    assert ("The changes are saved." in page.text, "Chef" in page.text) == (True, True)
    await mori.get(f"{opening}/close")
    page = await mori.submit(f"{opening}/close")
    assert "The position is closed." in page.text
    page = await mori.submit(f"{opening}/reopen")
    assert "The position is open again." in page.text
    acts = [entry["action"] for entry in await portal.log("subject_id = $1", made["subject_id"])]
    assert acts == ["opening_created", "opening_changed", "opening_changed", "opening_closed", "opening_reopened"]


REFUSED = {
    "record": "company_changed",
    "suspend": "company_suspended",
    "terminate": "company_terminated",
    "openings/new": "opening_created",
    "hand-over": "company_handed_over",
    "people/new": "account_created",
}


@pytest.mark.parametrize("path", REFUSED)
async def test_another_managers_company_does_not_exist(portal: Portal, path: str) -> None:
    people = await cast(portal)
    other = portal.world.account("other", "account_manager")
    await portal.written()
    someone = await portal.signed_in(other)
    await someone.get("/companies")
    address = f"/companies/{people.aoba.id}/{path}"
    unknown = await someone.raw("GET", "/companies/00000000-0000-4000-8000-000000000000/record")
    assert (await someone.raw("GET", address)).status_code == 404 == unknown.status_code
    answer = await someone.post(address, reason="x", sure="yes", title="x", industry="care")
    assert answer.status_code == 404
    assert await portal.log("subject_id = $1 and decision = 'permitted'", people.aoba.id) == []
    refused = await portal.log("actor_id = $1 and decision = 'refused'", other.id)
    assert [entry["action"] for entry in refused] == ["company_changed", REFUSED[path], REFUSED[path]]
