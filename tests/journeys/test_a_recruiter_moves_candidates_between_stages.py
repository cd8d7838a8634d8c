"""Hana moves one candidate by one tap, several at once, and to an offer that opens something when she says so."""

import json

from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, Person, cast

STAGE = "[aria-current=step]"


async def moved(portal: Portal) -> list[tuple[str, str, str]]:
    entries = await portal.log("action = 'stage_moved'")
    facts = [json.loads(one["facts"]) for one in entries]
    return [
        (one["decision"], said.get("former_stage", ""), said["new_stage"])
        for one, said in zip(entries, facts, strict=True)
    ]


async def test_a_candidate_is_moved_by_one_tap_and_back(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana, akane = await portal.signed_in(people.hana), await portal.signed_in(people.hana)
    page = await hana.get(linh.page)
    assert page.texts(STAGE) == ["Introduced"]
    await akane.get(linh.page)
    page = await hana.submit(f"{linh.page}/stage", stage="interview")
    assert (page.path, page.texts(STAGE), "The stage is changed." in page.text) == (linh.page, ["Interview"], True)
    page = await hana.submit(f"{linh.page}/stage", stage="screening")
    assert page.texts(STAGE) == ["Screening"]

    page = await akane.submit(f"{linh.page}/stage", stage="interview")
    assert (page.status, page.texts(STAGE)) == (422, ["Screening"])
    assert "A colleague moved this candidate meanwhile" in page.text
    assert (await moved(portal))[:2] == [
        ("permitted", "introduced", "interview"),
        ("permitted", "interview", "screening"),
    ]

    await hana.get(linh.page)
    await hana.decide(linh.page, result="hired", reason="offer_accepted")
    late = await akane.submit(f"{linh.page}/stage", stage="interview")
    assert (late.status, "The selection has ended" in late.text, late.texts(STAGE)) == (422, True, [])


async def test_several_are_moved_at_once_and_the_closed_ones_are_counted_and_not_named(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO)]
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/candidates?stage=introduced")
    assert len(page.all("input[name=chosen]")) == 3
    row = next(
        one.get("value", "")
        for one in page.all("button[name=row]")
        if str(linh.introduction.id) in one.get("value", "")
    )
    page = await hana.see(await hana.post("/candidates/stage", row=row, stage="screening"))
    assert (page.path, "Moved: 1." in page.text) == ("/candidates", True)

    chosen = [f"{one.introduction.id}.introduced" for one in (linh, aung, hao)]
    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", hao.consent.id)
    answer = await hana.post("/candidates/stage", chosen=chosen, stage="interview")
    page = await hana.see(answer)
    assert page.status == 422
    assert "Moved: 1. Moved by a colleague meanwhile, and left as they are: 1." in page.text
    assert "Closed meanwhile, so nothing was changed: 1." in page.text
    assert (hao.name in page.text, hao.introduction.code in page.text) == (False, False)
    answer = await hana.post("/candidates/stage", stage="interview")
    assert (answer.status_code, "Nobody was moved" in answer.text) == (422, True)
    assert await stages(portal, linh, aung, hao) == ["screening", "interview", "introduced"]


async def stages(portal: Portal, *people: Person) -> list[str]:
    found = {row["id"]: row["stage"] for row in await portal.owner.fetch("select id, stage from personal.introduction")}
    return [found[one.introduction.id] for one in people]


async def test_p8_an_offer_that_opens_something_is_asked_about_once(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    await portal.owner.execute("update portal.opening set fair_screening = true")
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    page = await hana.submit(f"{linh.page}/stage", stage="offer")
    assert (page.status, page.title) == (200, f"Move {linh.introduction.code} to the offer")
    assert page.texts("section[aria-labelledby=opens] li") == ["Photo", "Nationality", "Date of birth", "Age", "Gender"]
    assert (linh.name in page.text, await stages(portal, linh)) == (False, ["introduced"])
    page = await hana.submit(f"{linh.page}/stage", stage="offer")
    assert (page.texts(STAGE), "1996" in page.text) == (["Offer"], True)
    page = await hana.submit(f"{linh.page}/stage", stage="interview")
    assert ("Closed until the offer" in page.text, "1996" in page.text) == (True, False)

    listed = await hana.post("/candidates/stage", chosen=f"{linh.introduction.id}.interview", stage="offer")
    assert "the offer opens what fair screening holds back: 1" in " ".join(listed.text.split())
    page = await hana.see(
        await hana.post("/candidates/stage", row=f"{linh.introduction.id}.interview.offer", stage="offer")
    )
    assert page.title == f"Move {linh.introduction.code} to the offer"
    assert await stages(portal, linh) == ["interview"]
