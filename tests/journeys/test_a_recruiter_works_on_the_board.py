"""Hana sees who is at which stage, of one position or of all, and moves a card on; each card is recorded."""

from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast
from tests.page import Page


def columns(page: Page) -> list[list[str]]:
    """The names in each column."""
    stages = ("introduced", "screening", "interview", "offer")
    return [page.texts(f"section[aria-labelledby=at-{stage}] .row-link") for stage in stages]


async def test_the_board_shows_each_stage_and_moves_a_card(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung = await people.introduce(LINH, people.aoba), await people.introduce(AUNG, people.aoba)
    hao = await people.introduce(HAO, people.aoba, withdrawn_at=portal.world.now)
    await portal.owner.execute(
        "update personal.introduction set stage = 'interview' where id = $1", aung.introduction.id
    )
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/board")
    assert columns(page) == [[linh.name], [], [aung.name], []]
    assert (hao.name in page.text, hao.introduction.code in page.text) == (False, False)
    listed = await portal.log("action = 'listed'")
    assert {one["introduction_id"] for one in listed} == {linh.introduction.id, aung.introduction.id}

    (row,) = [one.get("value", "") for one in page.all("button[name=row]") if ".introduced." in one.get("value", "")]
    answer = await hana.post("/candidates/stage", **{**page.form("/candidates/stage").values, "row": row})
    page = await hana.see(answer)
    assert (page.path, "Moved: 1." in page.text) == ("/board", True)
    assert columns(page) == [[], [linh.name], [aung.name], []]

    other = portal.world.opening(people.aoba)
    await portal.written()
    assert columns(await hana.get(f"/board?opening={other.id}")) == [[], [], [], []]
    assert columns(await hana.get(f"/board?opening={linh.introduction.opening.id}"))[1] == [linh.name]


async def test_a_column_has_twelve_cards_and_counts_all(portal: Portal) -> None:
    people = await cast(portal)
    world = portal.world
    made = []
    for _ in range(80):
        person = world.candidate()
        world.consent(person, people.aoba)
        made.append(world.introduction(person, people.aoba))
    await portal.written()
    offered = [one.id for one in made[:77]]
    await portal.owner.execute("update personal.introduction set stage = 'offer' where id = any ($1)", offered)
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/board")
    assert [len(one) for one in columns(page)] == [3, 0, 0, 12], "many at one stage leave the others their cards"
    assert page.texts(".board h2 .number") == ["3", "0", "0", "More than 75"]
    assert page.texts(".board section p a") == ["All of them, in the list"]
    (searched,) = await portal.log("action = 'searched'")
    assert searched["decision"] == "permitted"
    assert len(await portal.log("action = 'listed'")) == 15
