"""Hana sees candidates of a position side by side: of each what is open, each recorded, and nobody who is closed."""

from portal.candidates.items import ALL_ITEMS, Item
from tests.client import Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, Person, cast
from tests.page import Page

HEAD = ".compared:first-of-type thead a"


async def chosen(browser: Browser, page: str, *people: Person) -> Page:
    """What comes of choosing these on a page and pressing Compare."""
    await browser.get(page)
    assert browser.page is not None
    boxes = {one.get("value", "").partition(".")[0]: one.get("value", "") for one in browser.page.all(".choose input")}
    sent = [boxes[str(one.introduction.id)] for one in people]
    return await browser.see(await browser.post("/candidates/compare", chosen=sent, stage="screening"))


def cells(page: Page, word: str) -> list[str]:
    """The cells of a row."""
    rows = [row for row in page.all(".compared tbody tr") if "".join(row.find("th").itertext()) == word]  # type: ignore[union-attr]
    return [" ".join("".join(one.itertext()).split()) for one in rows[0].iter("td")]


async def test_two_are_compared_from_the_list_and_the_board_and_each_is_an_entry(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba, items=ALL_ITEMS & ~Item.JAPANESE_LEVEL)
    aung = await people.introduce(AUNG, people.aoba)
    await portal.owner.execute("update portal.opening set fair_screening = true")
    await portal.owner.execute(
        "update personal.candidate_items set qualifications = null where candidate_id = $1", aung.candidate.id
    )
    hana = await portal.signed_in(people.hana)
    for where in ("/candidates", "/board"):
        page = await chosen(hana, where, linh, aung)
        assert (page.status, page.path, page.title) == (200, "/candidates/compare", "Side by side")
        assert set(page.texts(HEAD)) == {linh.name, aung.name}
        order = [linh, aung] if page.texts(HEAD)[0] == linh.name else [aung, linh]
        said = dict(zip([one.introduction.id for one in order], cells(page, "Japanese level"), strict=True))
        assert (said[linh.introduction.id], "N2" in said[aung.introduction.id]) == ("Not shared", True)
        held = dict(zip([one.introduction.id for one in order], cells(page, "Qualifications"), strict=True))
        assert (held[aung.introduction.id], held[linh.introduction.id] != "Not provided") == ("Not provided", True)
        assert cells(page, "Nationality") == ["Closed until the offer"] * 2
        assert page.link("Candidates" if where == "/candidates" else "Board") == where
    entries = await portal.log("action = 'compared'")
    assert [one["introduction_id"] for one in entries].count(linh.introduction.id) == 2
    assert {(one["decision"], one["purpose"]) for one in entries} == {("permitted", 1)}
    assert len({one["request_id"] for one in entries}) == 2
    assert await portal.owner.fetchval("select count(*) from accesslog.entry where action = 'page_shown'") == 0


async def test_p1_a_closed_one_is_counted_and_of_several_positions_nobody_is_shown(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO)]
    ken = await people.introduce({**LINH, "latin": "Mai Le", "display": "Lê Mai"}, people.kita)
    hana = await portal.signed_in(people.hana)
    page = await chosen(hana, "/candidates", linh, aung, hao)
    address = str(page.response.request.url)
    assert len(page.texts(HEAD)) == 3
    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", hao.consent.id)
    page = await hana.get(f"{address}&chosen={ken.introduction.id}")
    assert "2 of those chosen are closed to your company" in page.text
    for closed in (hao, ken):
        assert (closed.name in page.text, closed.introduction.code in page.text) == (False, False)
    refused = await portal.log("action = 'compared' and decision = 'refused'")
    assert {tuple(one["reasons"]) for one in refused} == {("consent_withdrawn",), ("no_such_record",)}

    nobody = await hana.get(f"/candidates/compare?chosen={hao.introduction.id}&chosen={ken.introduction.id}")
    assert (nobody.status, nobody.text) == (404, (await hana.get("/nothing-here")).text)

    other = portal.world.opening(people.aoba)
    await portal.written()
    moved = "update personal.introduction set opening_id = $2 where id = $1"
    await portal.owner.execute(moved, aung.introduction.id, other.id)
    page = await hana.get(address)
    assert (page.status, "They are of different positions" in page.text) == (422, True)
    assert (linh.name in page.text, linh.introduction.code in page.text) == (False, False)
    last = await portal.log("action = 'compared' and 'several_openings' = any (reasons)")
    assert {one["introduction_id"] for one in last} == {one.introduction.id for one in (linh, aung, hao)}


async def test_one_or_five_are_not_compared_and_the_list_says_so(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    page = await chosen(hana, "/candidates", linh)
    assert (page.status, "Nobody was compared. Choose two to four" in page.text) == (422, True)
    wrong = await hana.see(await hana.post("/candidates/compare", chosen="nobody"))
    assert (wrong.status, "Nobody was compared" in wrong.text) == (422, True)
    assert await portal.log("action = 'compared'") == []
