"""Hana is told what a decision closes, records it, and takes it back within five minutes; later she cannot."""

from datetime import timedelta

from portal.candidates.items import Purpose
from tests.client import Portal
from tests.journeys.cast import AUNG, LINH, cast

NOT_HIRED = {"result": "not_hired", "reason": "position_filled", "note": "Kind"}
HIRED = {"result": "hired", "reason": "offer_accepted", "note": ""}


async def test_what_closes_is_said_before_and_the_writer_takes_it_back(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana, akane = await portal.signed_in(people.hana), await portal.signed_in(people.hana)
    page = await hana.get(linh.page)
    await akane.get(linh.page)
    page = await hana.submit(f"{linh.page}/outcome", **NOT_HIRED)
    assert (page.status, page.texts("h1")) == (200, [f"Record the outcome of {linh.name}"])
    assert "What closes, at once and for everyone at Aoba Foods" in page.text
    assert linh.name not in page.texts("title")[0]
    assert f"Record “Not hired” for {linh.name}" in page.text
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 0
    page = await hana.submit(f"{linh.page}/outcome")
    assert (page.path, "The outcome is recorded." in page.text) == (linh.page, True)
    assert (await hana.raw("GET", f"{linh.page}/resume.pdf?form=en&calendar=western")).status_code == 404

    late = await akane.submit(f"{linh.page}/outcome", **HIRED)  # on a page from before
    assert (late.status, "An outcome was recorded in the meantime" in late.text) == (422, True)

    page = await hana.get(f"{linh.page}/decided")
    assert (page.title, linh.name in page.text) == ("Recorded: Not hired", False)
    page = await hana.submit(f"{linh.page}/take-back")
    assert (page.path, "The decision is taken back" in page.text) == (linh.page, True)
    assert ("Recorded before and undone" in page.text, page.texts("[aria-current=step]")) == (True, ["Introduced"])
    page = await hana.see(await hana.post(f"{linh.page}/take-back"))
    assert "it was taken back already" in page.text, "a second click"

    page = await hana.decide(linh.page, **HIRED)
    assert "What you still have to check" in page.text
    await portal.decided(linh.introduction, ago=timedelta(minutes=6))
    late = await hana.submit(f"{linh.page}/take-back")
    assert (late.status, "The five minutes for taking it back are over" in late.text) == (422, True)
    assert late.all(f"form[action='{linh.page}/take-back']") == []
    assert (await hana.get(f"{linh.page}/decided")).path == linh.page
    entries = await portal.log("action = 'outcome_taken_back'")
    assert [one["decision"] for one in entries] == ["permitted", "refused", "refused"]

    page = await hana.get(f"{linh.page}/history")
    assert [" ".join(row.split()[4:]) for row in page.texts("tbody tr")] == [
        "Hana Recorded an outcome Hired", "Hana Took a decision back Not hired", "Hana Recorded an outcome Not hired",
    ]  # fmt: skip
    assert (linh.name in page.text, page.title) == (False, f"What your company did: {linh.introduction.code}")
    await portal.owner.execute("update personal.consent set withdrawn_at = now()")
    assert (await hana.get(f"{linh.page}/history")).status == 404
    read = await portal.log("action = 'history_read'")
    assert [(one["decision"], one["reasons"]) for one in read] == [
        ("permitted", None), ("refused", ["consent_withdrawn", "window_closed"]),
    ]  # fmt: skip


async def test_where_everything_closed_the_writer_finds_it_for_five_minutes(portal: Portal) -> None:
    people = await cast(portal)
    aung = await people.introduce(AUNG, people.aoba, purposes=int(Purpose.SELECTION))
    hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
    await hana.get(aung.page)
    page = await hana.decide(aung.page, **NOT_HIRED)
    assert (page.path, aung.introduction.code in page.text) == (f"{aung.page}/decided", True)
    assert (await hana.raw("GET", aung.page)).status_code == 404
    assert (await mori.raw("GET", f"{aung.page}/decided")).status_code == 404
    page = await hana.submit(f"{aung.page}/take-back")
    assert (page.path, page.title) == (aung.page, aung.name)
    page = await hana.decide(aung.page, **NOT_HIRED)
    await portal.decided(aung.introduction, ago=timedelta(minutes=6))
    page = await hana.submit(f"{aung.page}/take-back")
    assert (page.path, "The five minutes" in page.text) == ("/candidates", True)
    assert (await hana.raw("GET", f"{aung.page}/decided")).status_code == 404
