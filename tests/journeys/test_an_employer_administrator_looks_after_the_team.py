"""Emi, an administrator of Aoba, invites a colleague, signs them out, suspends and takes back: of Aoba alone."""

import asyncpg
import pytest

from tests.client import Browser, Portal
from tests.facts import Account
from tests.journeys.cast import cast
from tests.journeys.test_an_administrator_makes_an_account_and_suspends_it import choose_by_link
from tests.links import make_link

EMAIL = "new@aoba.example"


async def admin(portal: Portal) -> tuple[Browser, Account, Account]:
    """Emi's browser, Hana of the same company, and Ken of another."""
    people = await cast(portal)
    emi = portal.world.account("emi", "employer_admin", people.aoba)
    await portal.written()
    return await portal.signed_in(emi), people.hana, people.ken


async def test_a_colleague_is_invited_and_chooses_a_password(portal: Portal) -> None:
    emi, _hana, _ken = await admin(portal)
    page = await emi.get("/team")
    assert ("hana@aoba.example" in page.text, "ken@" in page.text) == (True, False)
    await emi.get("/team/new")
    page = await emi.submit("/team/new", display_name=" ", email="no address")
    assert (page.status, page.form("/team/new").values["email"]) == (422, "no address")
    page = await emi.submit("/team/new", display_name="Nao", email=EMAIL)
    assert f"on its way to {EMAIL}" in page.text
    assert "Undertaking not accepted" in page.text
    await choose_by_link(portal, EMAIL)
    [entry] = await portal.log("action = 'account_created' and role = 'employer_admin'")
    assert '"role": "recruiter"' in entry["facts"]


async def test_an_address_with_an_account_is_said_and_nothing_is_lost(portal: Portal) -> None:
    emi, hana, _ken = await admin(portal)
    await emi.get("/team/new")
    page = await emi.submit("/team/new", display_name="Nao", email=hana.email)
    assert (page.status, "This address cannot be invited" in page.text) == (422, True)
    assert page.form("/team/new").values["display_name"] == "Nao"


async def test_one_administrator_of_two_companies_of_a_group_needs_an_address_at_each(portal: Portal) -> None:
    people = await cast(portal)
    emi = await portal.signed_in(portal.world.account("emi", "employer_admin", people.aoba))
    portal.world.group(people.aoba, people.kita)
    await portal.written()
    await portal.owner.execute("update portal.company set account_manager_id = $1", people.mori.id)
    await emi.get("/team/new")
    page = await emi.submit("/team/new", display_name="Ken", email=people.ken.email, role="employer_admin")
    assert (page.status, "an account belongs to one company" in page.text) == (422, True)
    assert "Ask for another address of the same person." in page.text
    page = await emi.submit("/team/new", email=EMAIL)
    assert f"on its way to {EMAIL}" in page.text
    mori, invite = await portal.signed_in(people.mori), f"/companies/{people.kita.id}/people/new"
    await mori.get(invite)
    page = await mori.submit(invite, display_name="Nao", email=EMAIL)
    assert (page.status, "needs an address of their own at each" in page.text) == (422, True)


async def test_p3_a_colleague_is_signed_out_and_suspended_at_once(portal: Portal) -> None:
    emi, hana, _ken = await admin(portal)
    browser = await portal.signed_in(hana)
    await emi.get("/team")
    page = await emi.submit(f"/team/{hana.id}/sign-out")
    assert "Their sign-ins have ended." in page.text
    assert (await browser.raw("GET", "/candidates")).headers["location"].startswith("/sign-in")
    browser = await portal.signed_in(hana)
    await emi.get(f"/team/{hana.id}/suspend")
    page = await emi.submit(f"/team/{hana.id}/suspend", reason=" ")
    assert page.status == 422
    page = await emi.submit(f"/team/{hana.id}/suspend", reason="Left the company")
    assert "The account is suspended" in page.text
    assert (await browser.raw("GET", "/candidates")).headers["location"].startswith("/sign-in")
    page = await emi.submit(f"/team/{hana.id}/reactivate")
    assert "The account is active" in page.text
    acts = [entry["action"] for entry in await portal.log("subject_id = $1", hana.id)]
    assert acts == ["account_signed_out", "account_suspended", "account_reactivated"]


ACTS = {
    "suspend": "account_suspended",
    "reactivate": "account_reactivated",
    "link": "link_made",
    "sign-out": "account_signed_out",
}


@pytest.mark.parametrize("act", ACTS)
async def test_nobody_of_another_company_or_oneself_is_within_reach(portal: Portal, act: str) -> None:
    emi, _hana, ken = await admin(portal)
    await emi.get("/team")
    own = next(one.id for one in portal.world.every(Account) if one.display_name == "Emi")
    unknown = "00000000-0000-4000-8000-000000000000"
    for whose in (ken.id, unknown, *([own] if act in ("suspend", "sign-out") else [])):
        answer = await emi.post(f"/team/{whose}/{act}", reason="x")
        assert answer.status_code == 404
        entered = await portal.log("decision = 'refused'")
        if whose != own:
            assert entered[-1]["action"] == ACTS[act], "what was refused is on record"
    assert await portal.log("subject_id = $1", ken.id) == []


async def test_the_database_lets_no_employer_make_staff_or_reach_others(portal: Portal) -> None:
    emi, _hana, ken = await admin(portal)
    web = await portal.database.connect("portal_web")
    create = "select gate.invite('X', 'x@x.example', $1, $2)"
    own = next(one.company for one in portal.world.every(Account) if one.display_name == "Emi")
    assert own is not None and ken.company is not None  # noqa: PT018 - for the types alone
    for sql, *values in (
        (create, "administrator", None), (create, "account_manager", own.id), (create, "recruiter", ken.company.id),
        ("select gate.suspend_account($1, 'x')", ken.id), ("select gate.end_sign_ins($1)", ken.id),
        ("select gate.reactivate_account($1)", ken.id), ("select gate.send_account_link($1)", ken.id),
    ):  # fmt: skip
        transaction = web.transaction()
        await transaction.start()
        await web.execute("select set_config('portal.session', $1, true)", emi.secret)
        try:
            assert [row[0] for row in await web.fetch(sql, *values) if row[0]] == []
        except asyncpg.CheckViolationError:
            assert values[0] in ("administrator", "account_manager"), "employers have none of these"
        await transaction.rollback()


async def test_an_account_manager_invites_the_first_of_a_company(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    await mori.get(f"/companies/{people.aoba.id}")
    address = f"/companies/{people.aoba.id}/people/new"
    page = await mori.get(address)
    assert page.form(address).values["role"] == "employer_admin"
    page = await mori.submit(address, display_name="Emi", email="emi@aoba.example")
    assert (page.path, "emi@aoba.example" in page.text) == (f"/companies/{people.aoba.id}", True)
    other = portal.world.account("other", "account_manager")
    await portal.written()
    someone = await portal.signed_in(other)
    await someone.get("/companies")
    answer = await someone.post(address, display_name="Emi", email="emi2@aoba.example", role="recruiter", locale="ja")
    assert answer.status_code == 404


async def test_what_the_operator_suspended_the_company_does_not_take_back(portal: Portal) -> None:
    emi, hana, _ken = await admin(portal)
    abe = await portal.signed_in(portal.world.account("boss", "administrator"))
    await abe.get(f"/accounts/{hana.id}/suspend")
    await abe.submit(f"/accounts/{hana.id}/suspend", reason="Misuse")
    page = await emi.get("/team")
    assert ("Suspended by Shokai" in page.text, "Misuse" in page.text) == (True, False)
    assert (await emi.post(f"/team/{hana.id}/reactivate")).status_code == 404
    assert await portal.owner.fetchval("select status from portal.account where id = $1", hana.id) == "suspended"


async def test_a_link_of_before_a_suspension_opens_nothing_after_it(portal: Portal) -> None:
    emi, hana, _ken = await admin(portal)
    secret = await make_link(portal.owner, hana.id, "invitation")
    await emi.get(f"/team/{hana.id}/suspend")
    await emi.submit(f"/team/{hana.id}/suspend", reason="Lost telephone")
    await emi.submit(f"/team/{hana.id}/reactivate")
    thief = portal.browser()
    await thief.get("/link")
    page = await thief.submit("/link", link=secret)
    assert "This link is no longer valid" in page.text
