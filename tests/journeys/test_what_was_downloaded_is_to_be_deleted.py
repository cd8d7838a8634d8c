"""When access ends, what was downloaded is to be deleted: by code, attested by the company, on the record."""

from typing import Any

from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast

NOTE = "select gate.note_deletion_duties()"
SURE = {"said": "deleted", "sure": "yes"}


async def test_what_was_downloaded_is_to_be_deleted_when_access_ends(portal: Portal) -> None:
    people = await cast(portal)
    emi = portal.world.account("emi", "employer_admin", people.aoba)
    portal.world.undertaking(people.agreement, emi)
    yui = portal.world.account("yui", "employer_admin", people.kita)
    linh, aung, hao = [await people.introduce(name, people.aoba) for name in (LINH, AUNG, HAO)]
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(emi)
    worker = await portal.database.connect("portal_worker")
    for one in (linh, linh, aung, hao):
        answer = await hana.raw("GET", f"{one.page}/documents/{one.document}")
        assert answer.status_code == 200
    assert await worker.fetchval(NOTE) == 0, "all is open"
    assert "Nothing is to be deleted" in (await admin.get("/deletions")).text

    consent = "update personal.consent set withdrawn_at = now() where id = $1"
    await portal.owner.execute(consent, linh.consent.id)
    portal.world.outcome(aung.introduction, result="hired", reason="offer_accepted")
    await portal.written()
    assert await worker.fetchval(NOTE) == 2
    assert await worker.fetchval(NOTE) == 0
    page = await admin.get("/deletions")
    assert linh.introduction.code in page.text
    assert aung.introduction.code in page.text
    assert hao.introduction.code not in page.text
    for name in ("Linh", "Aung"):
        assert name not in page.text

    duties = await duties_of(portal)
    page = await admin.submit("/deletions", duties=str(duties[linh.introduction.id]), said="deleted")
    assert (page.status, "Please tick this box" in page.text) == (422, True)
    await attest(admin, str(duties[linh.introduction.id]), said="kept_by_law", sure="yes")
    assert "Not recorded: 1" in (await admin.get("/deletions")).text
    assert await portal.owner.fetchval("select count(attested_at) from personal.deletion_duty") == 0
    await attest(await portal.signed_in(yui), str(duties[linh.introduction.id]), **SURE)
    assert await portal.owner.fetchval("select count(attested_at) from personal.deletion_duty") == 0, (
        "another company's"
    )

    manager = await portal.signed_in(people.mori)
    assert "files of 2 introductions" in (await manager.get(f"/companies/{people.aoba.id}")).text
    page = await manager.get((await manager.get("/companies")).link("To delete (2)"))
    assert page.links("/companies/") == [f"/companies/{people.aoba.id}"], "those of their own companies"
    await attest(admin, str(duties[linh.introduction.id]), **SURE)
    await attest(admin, str(duties[aung.introduction.id]), said="kept_by_law", sure="yes")
    assert "files of" not in (page := await manager.get(f"/companies/{people.aoba.id}")).text
    assert page.texts('nav a[href="/deletions"]') == ["To delete"]
    told = await portal.log("action = 'deletion_attested'")
    assert [(one["decision"], one["reasons"]) for one in told] == [
        ("refused", ["not_hired"]),
        ("refused", ["no_such_record"]),
        ("permitted", None),
        ("permitted", None),
    ]
    assert told[2]["introduction_id"] == linh.introduction.id


async def test_what_ends_for_the_whole_company_is_told_with_its_cause_and_its_moment(portal: Portal) -> None:
    people = await cast(portal)
    emi = portal.world.account("emi", "employer_admin", people.aoba)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    assert (await hana.raw("GET", f"{linh.page}/documents/{linh.document}")).status_code == 200
    mori, sato = await portal.signed_in(people.mori), await portal.signed_in(people.sato)
    await mori.get(f"/companies/{people.aoba.id}/suspend")
    await mori.submit(f"/companies/{people.aoba.id}/suspend", reason="Asked for")
    worker = await portal.database.connect("portal_worker")
    assert await worker.fetchval(NOTE) == 0, "a suspension can be taken back"
    await portal.owner.execute(
        "update portal.agreement set terminated_at = now() where company_id = $1", people.aoba.id
    )
    assert await worker.fetchval(NOTE) == 1
    row = await portal.owner.fetchrow(
        "select duty.cause, duty.ended_at = agreement.terminated_at as then, duty.due_at - duty.ended_at as time"
        " from personal.deletion_duty as duty join portal.agreement using (company_id)"
    )
    assert (row["cause"], row["then"], row["time"].days) == ("agreement_ended", True, 30)
    assert people.aoba.name in (await sato.get("/deletions")).text
    page = await (await portal.signed_in(emi, started_at=await portal.owner.fetchval("select now()"))).get("/deletions")
    assert linh.introduction.code in page.text, "whose company is suspended can still attest"


async def duties_of(portal: Portal) -> dict[Any, Any]:
    """The duties by introduction."""
    rows = await portal.owner.fetch("select id, introduction_id from personal.deletion_duty")
    return {row["introduction_id"]: row["id"] for row in rows}


async def attest(browser: Any, duty: str, **fields: str) -> None:
    """What somebody sends who edits the form."""
    answer = await browser.post("/deletions", duties=duty, **fields)
    assert answer.status_code == 303
