"""Hana decides on several at once: one of them otherwise, one closed meanwhile, which is counted and not named."""

from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast

MAI = {**LINH, "family": "Lê", "given": "Mai", "display": "Lê Mai", "latin": "Mai Le"}


async def test_several_are_decided_on_one_page_and_the_closed_are_counted(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao, mai = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO, MAI)]
    hana = await portal.signed_in(people.hana)
    await hana.get("/candidates")
    page = await hana.see(await hana.post("/candidates/decide"))
    assert (page.status, "Nobody was decided on" in page.text) == (422, True)
    chosen = [f"{one.introduction.id}.introduced" for one in (linh, aung, hao, mai)]
    withdraw = "update personal.consent set withdrawn_at = now() where candidate_id = $1"
    await portal.owner.execute(withdraw, mai.candidate.id)
    page = await hana.see(await hana.post("/candidates/decide", chosen=chosen))
    assert (page.status, page.title) == (200, "Decide on 3 candidates")
    assert ("left out here: 1" in page.text, mai.name in page.text, linh.name in page.text) == (True, False, True)
    still = [str(one.introduction.id) for one in (linh, aung, hao)]
    page = await hana.see(await hana.post("/candidates/decisions", every="", own=[""] * 3, note="", chosen=still))
    assert (page.status, "Choose a result for all" in page.text, linh.name in page.text) == (422, True, True)
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 0

    await portal.owner.execute(withdraw, hao.candidate.id)
    ids = [str(one.introduction.id) for one in (linh, aung, hao)]
    own = ["", f"{aung.introduction.id}.hired.offer_accepted", ""]
    sent: dict[str, str | list[str]] = {"every": "not_hired.position_filled", "own": own, "note": "Kind", "chosen": ids}
    page = await hana.see(await hana.post("/candidates/decisions", **{**sent, "note": "Her religion"}))
    assert (page.status, "religion" in page.text) == (422, True)
    page = await hana.see(await hana.post("/candidates/decisions", **sent))
    assert (page.path, page.title) == ("/candidates/decided", "Recorded just now")
    assert "Recorded: 2. Closed or decided on meanwhile, so nothing was recorded: 1." in page.text
    assert not [one for one in (linh.name, aung.name, hao.name, hao.introduction.code) if one in page.text]
    rows = await portal.owner.fetch("select introduction_id, result from personal.outcome")
    assert {row["introduction_id"]: row["result"] for row in rows} == {
        linh.introduction.id: "not_hired",
        aung.introduction.id: "hired",
    }
    assert "What you still have to check" in page.text
    again = await hana.see(await hana.post("/candidates/decisions", **sent))
    assert (again.path, "Nothing was recorded" in again.text) == ("/candidates", True)

    hana.page = page
    page = await hana.submit(f"{linh.page}/take-back")
    assert (page.path, "The decision is taken back" in page.text) == (linh.page, True)


async def test_a_form_that_names_no_result_of_the_list_records_nothing(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    one = str(linh.introduction.id)
    for sent in ({"every": "hired.nationality"}, {"own": f"{one}.hired"}, {"own": "x.hired.offer_accepted"}):
        form = {"every": "", "own": "", "note": "", "chosen": one, **sent}
        assert (await hana.post("/candidates/decisions", **form)).status_code == 422
    assert (await hana.post("/candidates/decide", chosen="nobody")).status_code == 422
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 0
