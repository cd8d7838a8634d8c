"""Hana opens one candidate of a narrowed list and goes on to the next without coming back to it, filters and all."""

from datetime import timedelta

from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast

STEP = 400  # gate.first_step


async def test_next_and_previous_follow_the_list_that_one_came_from(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO)]
    order = "update personal.introduction set introduced_at = now() - $2::interval, stage = $3 where id = $1"
    for person, hours, stage in ((linh, 1, "interview"), (aung, 2, "screening"), (hao, 3, "interview")):
        await portal.owner.execute(order, person.introduction.id, timedelta(hours=hours), stage)
    hana = await portal.signed_in(people.hana)

    page = await hana.get("/candidates?stage=interview")
    page = await hana.get(page.link(linh.name))
    assert (page.title, page.response.url.query) == (linh.name, b"stage=interview")
    page = await hana.get(page.link("Next"))
    assert (page.title, page.response.url.query) == (hao.name, b"stage=interview")
    assert "/candidates?stage=interview" in page.links("/candidates?")
    back = await hana.get(page.link("Previous"))
    assert back.title == linh.name
    page = await hana.get(page.link("Next"))
    assert (page.path, page.response.url.query) == ("/candidates", b"stage=interview")
    assert "You have reached the end of this list." in page.text

    page = await hana.get(linh.page)
    page = await hana.get(page.link("Next"))
    assert page.title == aung.name
    assert (await portal.log("action = 'searched'"))[-1]["decision"] == "permitted"


async def test_p9_a_name_that_was_searched_for_goes_along_sealed(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get("/candidates")
    page = await hana.submit("/candidates", name="Trần")
    address = page.link(linh.name)
    assert "name=~" in address
    page = await hana.get(address)
    assert (page.title, "Tr" in page.link("Next").partition("?")[0]) == (linh.name, False)
    page = await hana.get(page.link("Next"))
    assert (page.path, page.form("/candidates").values["name"]) == ("/candidates", "Trần")


async def test_up_to_300_are_counted_exactly_and_beyond_the_page_says_that_there_are_more(portal: Portal) -> None:
    people = await cast(portal)
    for _each in range(301):
        candidate = portal.world.candidate()
        consent = portal.world.consent(candidate, people.aoba)
        portal.world.introduction(candidate, people.aoba)
    await portal.written()
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/candidates")
    assert page.texts(".count") == ["More than 300 candidates"]
    page = await hana.get(page.link("Next"))
    assert page.texts(".count") == ["More than 300 candidates"]
    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", consent.id)
    assert (await hana.get("/candidates")).texts(".count") == ["300 candidates"]


async def test_a_search_that_few_fit_goes_in_steps_that_say_how_far_they_looked(portal: Portal) -> None:
    people = await cast(portal)
    linh, hao = [await people.introduce(one, people.aoba) for one in (LINH, HAO)]
    for place in range(STEP):
        candidate = portal.world.candidate()
        portal.world.consent(candidate, people.aoba)
        portal.world.introduction(candidate, people.aoba, introduced_at=portal.world.now - timedelta(minutes=place))
    await portal.written()
    order = "update personal.introduction set introduced_at = now() - $2::interval where id = $1"
    for person, days in ((hao, 0), (linh, 5)):
        await portal.owner.execute(order, person.introduction.id, timedelta(days=days))
    hana = await portal.signed_in(people.hana)
    await hana.get("/candidates")

    page = await hana.submit("/candidates", name="Tran")
    assert page.texts(".count")[0].startswith("0 candidates so far · looked through those introduced since")
    assert page.texts("h2")[-1] == "Nobody so far"
    page = await hana.get(page.link("Look further back"))
    assert (page.texts(".count"), page.texts(".records tbody a")) == (["1 candidate"], [linh.name])

    page = await hana.submit("/candidates", name="Wang")
    assert page.texts(".count")[0].startswith("1 candidate so far")
    assert page.texts(".records tbody a") == [hao.name]
    page = await hana.get(page.link("Look further back"))
    assert (page.texts(".count"), page.texts("h2")[-1]) == (["1 candidate"], "Nobody else")
    page = await hana.get(page.link("Back to the beginning of the list"))
    assert page.texts(".records tbody a") == [hao.name]
    assert (await portal.log("action = 'searched'"))[-1]["facts"] == '{"name": true}'
