"""Who saw this person, and which items; what did this account do; what was refused to this company: one page each."""

from hashlib import sha256

from tests.client import Portal
from tests.journeys.cast import HAO, LINH, cast
from tests.papers import text_of


async def test_one_page_answers_who_saw_whom_and_what_was_refused(portal: Portal) -> None:
    people = await cast(portal)
    linh, hao = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.kita)
    hana = await portal.signed_in(people.hana)
    for page in (linh.page, linh.page, hao.page):
        await hana.get(page)
    sato = await portal.signed_in(people.sato)
    await sato.get("/log")
    led = (await sato.post("/log", introduction=linh.introduction.code)).headers["location"].partition("?")[2]
    summed = await sato.get(f"/log/summary?{led}")
    (row,) = [row for row in summed.texts(".summed tbody tr") if "Opened a candidate" in row]
    assert people.hana.display_name in row
    assert "Name" in row
    assert "Permitted" in row
    assert "2 Introductions: 1" in " ".join(row.split()), "two looks at one introduction"
    assert linh.introduction.code in " ".join(summed.texts("dl.facts")), "it says of whom it tells"
    summed = await sato.get(
        f"/log/summary?person={linh.candidate.id}&since=2026-01-31&decision=permitted&action=page_shown"
    )
    said = " ".join(" ".join(summed.texts("dl.facts")).split())
    for one in (
        f"Candidate {linh.candidate.reference}",
        "From Jan 31, 2026",
        "Decision Permitted",
        "Action Opened a candidate",
    ):
        assert one in said, one
    summed = await sato.get(f"/log/summary?actor={people.hana.id}")
    assert "Refused" in summed.text
    assert any(f"company={people.aoba.id}" in link for link in summed.links("/log?"))
    report = await sato.raw("GET", f"/log/report.pdf?actor={people.hana.id}&since=2026-01-31")
    assert (report.content[:5], b"/Sig" in report.content) == (b"%PDF-", True)
    assert "Jan 31, 2026" in "".join(text_of(report.content)), "and so does its report"
    (ended,) = await portal.log("action = 'log_export_ended'")
    assert ended["document_digest"] == sha256(report.content).digest()
    assert len(await portal.log("action = 'log_read' and actor_id = $1", people.sato.id)) > 2
    assert (await sato.get("/log/summary?since=2026-02-31")).status == 200


async def test_a_summary_of_more_lines_than_are_shown_says_so(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    few = await sato.get("/log/summary?action=company_changed")
    await portal.owner.execute(
        "select gate.record_import('company_changed', null, gen_random_uuid(), null) from generate_series(1, 501)"
    )
    many = await sato.get("/log/summary?action=company_changed")
    assert ("with the latest entries" in few.text, len(few.texts(".summed tbody tr"))) == (False, 0)
    assert "There are 501 lines: the 500 with the latest entries are shown." in many.text
    assert len(many.texts(".summed tbody tr")) == 500


async def test_that_nobody_saw_somebody_is_an_answer_too_and_can_be_signed(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    nobody = f"actor={people.hana.id}&since=2026-01-31"
    (summing,) = (await sato.get(f"/log?{nobody}")).links("/log/summary")
    page = await sato.get(summing)
    assert "No entry matches these conditions" in page.text
    (signed,) = page.links("/log/report.pdf")
    report = await sato.raw("GET", signed)
    told = "".join(text_of(report.content))
    assert ("No entry matches these conditions" in told, people.hana.display_name in told) == (True, True)
