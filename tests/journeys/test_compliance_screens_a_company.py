"""Sato screens a company that Mori is setting up: only an approved one can be active, and it is owed no reason."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.client import Portal
from tests.facts import DAY, Company
from tests.journeys.cast import Cast, cast
from tests.journeys.test_an_account_manager_creates_a_company import TYPED

NOTE = "Owner not found in the register"
COMPLETE = """
update portal.company set country = 'JP', corporate_number = $2, address = 'Osaka', representative = 'Hana'
where id = $1
"""
NUMBER = "7123456789012"


async def setting_up(people: Cast) -> tuple[Company, str]:
    """A company of Mori's with a complete record, and its address for compliance."""
    world = people.portal.world
    sent = {"status": "pending", "screening_asked_at": world.now - DAY}
    made = world.company("made", name="Kitagawa Foods", account_manager=people.mori, **sent)
    await people.portal.written()
    await people.portal.owner.execute(COMPLETE, made.id, NUMBER)
    return made, f"/screenings/{made.id}"


async def test_a_refused_company_is_not_active_and_reads_no_reason(portal: Portal) -> None:
    people = await cast(portal)
    made, address = await setting_up(people)
    portal.world.agreement(made)
    await portal.written()
    sato, mori = await portal.signed_in(people.sato), await portal.signed_in(people.mori)
    page = await sato.get("/screenings")
    assert page.links("/screenings/") == [address]
    await sato.get(address)
    page = await sato.submit(address, outcome="", note=NOTE)
    assert (page.status, page.form(address).values["note"]) == (422, NOTE)
    page = await sato.submit(address, outcome="refused")
    assert "The company is refused" in page.text
    page = await mori.get(f"/companies/{made.id}")
    assert "Compliance has refused it." in page.text
    assert NOTE not in page.response.text
    await mori.post(f"/companies/{made.id}/activate", reason="It waits")
    assert await stands(portal, made) == "pending"
    assert NOTE in (await sato.get(address)).text
    await sato.submit(address, outcome="approved", note="The owner was found later")
    await mori.post(f"/companies/{made.id}/activate", reason="Approved")
    assert await stands(portal, made) == "active"
    entries = await portal.log("action = 'company_screened'")
    assert [(one["actor_id"], one["subject_id"], one["decision"]) for one in entries] == [
        (people.sato.id, made.id, "permitted")
    ] * 2
    assert [one["facts"] for one in entries] == ['{"screening": "refused"}', '{"screening": "approved"}']
    assert NOTE not in str(entries)


async def test_a_company_is_sent_to_screening_by_an_act_with_its_reason(portal: Portal) -> None:
    people = await cast(portal)
    made, address = await setting_up(people)
    await portal.owner.execute(
        "update portal.company set screening_asked_at = null, address = null where id = $1", made.id
    )
    company = f"/companies/{made.id}"
    sato, mori = await portal.signed_in(people.sato), await portal.signed_in(people.mori)
    page = await mori.get(f"{company}/send-to-screening")
    assert (page.path, "its record lacks something" in page.text) == (company, True)
    await portal.owner.execute("update portal.company set address = 'Osaka' where id = $1", made.id)
    assert address not in (await sato.get("/screenings")).response.text
    await sato.get(address)
    page = await sato.submit(address, outcome="approved", note=NOTE)
    assert "has not sent the company to screening" in page.text
    assert "Waits to be sent to screening" in (await mori.get(company)).text
    await mori.get(f"{company}/send-to-screening")
    page = await mori.submit(f"{company}/send-to-screening", reason="")
    assert page.status == 422
    page = await mori.submit(f"{company}/send-to-screening", reason="Its president asked for people")
    assert (page.path, "Waits for compliance to screen it" in page.text) == (company, True)
    assert "Its president asked for people" in (await sato.get(address)).text
    page = await mori.get(f"{company}/send-to-screening")
    assert "sent to screening already" in page.text
    [entry] = await portal.log("action = 'company_sent_to_screening' and decision = 'permitted'")
    assert (entry["actor_id"], entry["subject_id"]) == (people.mori.id, made.id)
    await sato.get(address)
    await sato.submit(address, outcome="refused", note=NOTE)
    await mori.get(f"{company}/send-to-screening")
    page = await mori.submit(f"{company}/send-to-screening", reason="The owner is in the register since")
    assert "Waits for compliance to screen it" in page.text, "a refused one is sent again"
    assert "Compliance has refused it." not in page.text


async def stands(portal: Portal, company: Company) -> str:
    """The company's status."""
    found: str = await portal.owner.fetchval("select status from portal.company where id = $1", company.id)
    return found


async def test_a_company_that_is_set_up_is_screened_no_more(portal: Portal) -> None:
    people = await cast(portal)
    made, address = await setting_up(people)
    sato = await portal.signed_in(people.sato)
    await sato.get(address)
    await portal.owner.execute("update portal.company set status = 'active' where id = $1", made.id)
    page = await sato.submit(address, outcome="refused", note=NOTE)
    assert "Nothing was recorded" in page.text
    assert await portal.log("action = 'company_screened'") == []
    assert (await sato.raw("GET", address)).status_code == 404


@pytest.mark.parametrize("who", ["hana", "mori", "abe"])
async def test_nobody_else_screens(portal: Portal, who: str) -> None:
    people = await cast(portal)
    made, address = await setting_up(people)
    someone = await portal.signed_in(getattr(people, who))
    await someone.get("/account")
    answer = await someone.post(address, outcome="approved", note="x")
    assert answer.status_code == 404
    web = await portal.database.connect("portal_web")
    async with web.transaction():
        await web.execute("select set_config('portal.session', $1, true)", someone.secret)
        assert await web.fetchval("select gate.screen_company($1, 'approved', 'x')", made.id) is None
        assert await web.fetch("select * from gate.screenings($1)", made.id) == []
        assert await web.fetch("select * from gate.companies_to_screen()") == []
    assert await portal.owner.fetchval("select count(*) from portal.company_screening") == 0
    [entry] = await portal.log("action = 'company_screened'")
    assert (entry["decision"], entry["reasons"]) == ("refused", ["not_for_this_role"])


SAID = """
insert into portal.company_screening (company_id, outcome, note, decided_by)
select $1, '{}', 'x', id from portal.account where role = 'compliance'
"""
CHANGED = "update portal.{} set {} where {} = $1"
STEPS = (
    (CHANGED.format("company", "address = null", "id"), "draft", "record"),
    (CHANGED.format("company", "address = 'Osaka', screening_asked_at = null", "id"), "draft", "submission"),
    (CHANGED.format("company", "screening_asked_at = now()", "id"), "screening", "screening"),
    (SAID.format("refused"), "screening", "approval"),
    (CHANGED.format("company", "screening_asked_at = now()", "id"), "screening", "screening"),
    (SAID.format("approved"), "screened", "agreement"),
    (CHANGED.format("agreement", "sent_at = now()", "company_id"), "agreement_sent", "signatory"),
    (
        CHANGED.format("agreement", "declined_at = now(), declined_reason = 'x'", "company_id"),
        "screened",
        "agreement",
    ),
    (
        CHANGED.format("agreement", "declined_at = null, declined_reason = null", "company_id"),
        "agreement_sent",
        "signatory",
    ),
)


async def test_where_a_company_stands_follows_from_what_is_recorded(portal: Portal) -> None:
    people = await cast(portal)
    made, _address = await setting_up(people)
    portal.world.agreement(made, company_signed_at=None, operator_signed_at=None)
    await portal.written()
    mori = await portal.signed_in(people.mori)
    for step, stage, waits in STEPS:
        await portal.owner.execute(step, made.id)
        assert await standing(portal, mori.secret, made) == (stage, waits)
    signed = "update portal.agreement set company_signed_at = $2 where company_id = $1"
    await portal.owner.execute(signed, made.id, datetime.now(UTC) - timedelta(hours=1))
    assert await standing(portal, mori.secret, made) == ("agreement_sent", "countersignature")
    both = "update portal.agreement set operator_signed_at = $2 where company_id = $1"
    await portal.owner.execute(both, made.id, datetime.now(UTC) - timedelta(minutes=1))
    assert await standing(portal, mori.secret, made) == ("agreement_sent", "activation")
    later: tuple[tuple[str, str | None], ...]
    later = (("active", None), ("suspended", "reactivation"), ("terminated", None))
    for status, wanted in later:
        await portal.owner.execute("update portal.company set status = $2 where id = $1", made.id, status)
        assert await standing(portal, mori.secret, made) == (status, wanted)


async def standing(portal: Portal, secret: str, company: Company) -> tuple[str, str | None]:
    """Its stage and what it waits for, as the viewer with this secret is told."""
    web = await portal.database.connect("portal_web")
    async with web.transaction():
        await web.execute("select set_config('portal.session', $1, true)", secret)
        row = await web.fetchrow("select stage, waits_for from gate.company_stages(array[$1]::uuid[])", company.id)
    return tuple(row)


async def test_the_board_counts_and_narrows(portal: Portal) -> None:
    people = await cast(portal)
    made, _address = await setting_up(people)
    soon = portal.world.company("soon", name="Ends Soon", account_manager=people.mori)
    portal.world.agreement(soon, expires_at=datetime.now(UTC) + timedelta(days=20))
    await portal.written()
    mori = await portal.signed_in(people.mori)
    page = await mori.get("/companies")
    for stage, count in (("screening", 1), ("active", 2), ("ending", 1)):
        assert f'href="/companies?stage={stage}"' in page.response.text
        rows = (await mori.get(f"/companies?stage={stage}")).response.text.count('class="row-link"')
        assert rows == count
    assert "Waits for compliance to screen it" in page.text
    other = portal.world.account("other", "account_manager")
    await portal.written()
    page = await (await portal.signed_in(other)).get("/companies?stage=screening")
    assert (str(made.id) in page.response.text, TYPED["name_latin"] in page.text) == (False, False)


async def test_a_company_that_is_halted_stands_as_suspended_before_its_record_says_so(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    halt = "insert into portal.halt (company_id, wanted, reason) values ($1, 'suspended', 'held')"
    await portal.owner.execute(halt, people.aoba.id)
    assert await stands(portal, people.aoba) == "active"
    page = await mori.get("/companies")
    assert [one for one in page.links("/companies?stage=") if one.endswith(("active", "suspended"))] == [
        "/companies?stage=suspended"
    ]
    assert people.aoba.name in (await mori.get("/companies?stage=suspended")).text
    assert people.aoba.name not in (await mori.get("/companies?stage=active")).text
