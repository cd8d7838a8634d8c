"""A recruiter looks for a skill and a language, sorts the list, reads on from page to page, and keeps the search."""

import json

from tests.client import Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, Cast, Person, cast

ROWS = "#results .row-link"
VIEWS = "nav.views a[href^='/candidates?']"


async def three(portal: Portal) -> tuple[Cast, dict[str, Person], Browser]:
    """Linh, Aung and Hao, introduced to Aoba one after the other; and Hana, who recruits there."""
    people = await cast(portal)
    made = {
        "L": await people.introduce(LINH, people.aoba),
        "A": await people.introduce(AUNG, people.aoba),
        "H": await people.introduce(HAO, people.aoba),
    }
    for days, one in enumerate(made.values()):
        await portal.owner.execute(
            "update personal.introduction set introduced_at = now() - make_interval(days => 10 - $2) where id = $1",
            one.introduction.id,
            days,
        )
    return people, made, await portal.signed_in(people.hana)


async def test_a_skill_and_a_language_are_looked_for_and_leave_no_word_behind(portal: Portal) -> None:
    _people, made, hana = await three(portal)
    career = {
        "label": "Cook", "skills": [{"name": "HACCP", "keywords": []}], "work": [], "education": [],
        "languages": [{"language": "ベトナム語", "fluency": "母語"}], "available_from": "2026-01",
    }  # fmt: skip
    await portal.owner.execute(
        "update personal.candidate_items set background = background || $2 where candidate_id = $1",
        made["L"].candidate.id,
        json.dumps(career),
    )
    await hana.get("/candidates")
    page = await hana.submit("/candidates", keywords="haccp", language="vi", available="0")
    found_at = str(page.response.url.raw_path, "ascii")
    assert page.texts(ROWS) == [made["L"].name]
    assert ("haccp" in found_at.lower(), "language=vi" in found_at) == (False, True)
    (entry, *_rest) = (await portal.log("action = 'searched'"))[-1:]
    assert "haccp" not in str(dict(entry)).lower()
    page = await hana.get(made["L"].page)
    assert "Can begin on Jan 2026" in page.text
    await hana.get("/candidates")
    page = await hana.submit("/candidates", qualification="haccp")
    assert (page.texts(ROWS), "No candidate matches" in page.text) == ([], True)
    again = await portal.signed_in(_people.hana)
    page = await again.get(found_at)
    assert "can be read only in the sign-in in which it was typed" in page.texts("#keywords-error")[0]
    assert page.texts(ROWS) == []


async def test_a_list_is_sorted_by_its_heads_and_a_page_leads_on_in_that_order(portal: Portal) -> None:
    _people, made, hana = await three(portal)
    await hana.post(f"{made['A'].page}/stage", shown="introduced", stage="interview", told="")
    await hana.post(f"{made['L'].page}/stage", shown="introduced", stage="screening", told="")
    linh, aung, hao = (made[name].name for name in "LAH")
    page = await hana.get("/candidates")
    assert page.texts(ROWS) == [hao, aung, linh]
    heads = {words: one for one in page.all("thead .sort") if (words := "".join(one.itertext()).strip())}
    page = await hana.get(heads["Stage"].get("href", ""))
    assert (page.texts(ROWS), page.texts("th[aria-sort]")) == ([aung, linh, hao], ["Stage"])
    first = page.all(ROWS)[0].get("href", "")
    page = await hana.get(first)
    for expected in (made["L"], made["H"]):
        (onward,) = [one.get("href", "") for one in page.all("a[rel=next]")][:1]
        page = await hana.get(onward)
        assert page.path == expected.page
    (back,) = [one.get("href", "") for one in page.all("a[rel=prev]")][:1]
    assert (await hana.get(back)).path == made["L"].page
    page = await hana.get("/candidates?sort=changed")
    assert page.texts(ROWS) == [linh, aung, hao]


async def test_a_search_is_kept_renamed_and_deleted_and_is_nobody_elses(portal: Portal) -> None:
    people, _made, hana = await three(portal)
    await hana.get("/candidates")
    page = await hana.submit("/candidates", keywords="haccp", stage="active", sort="changed")
    (keep,) = [one.get("href", "") for one in page.all("a.keep-search")]
    assert "keywords" not in keep
    await hana.get(keep)
    page = await hana.submit("/candidates/views/new", title="")
    assert (page.status, page.form("/candidates/views/new").values["shown"]) == (422, "stage=active&sort=changed")
    page = await hana.submit("/candidates/views/new", title="In progress")
    assert str(page.response.url.query, "ascii") == "stage=active&sort=changed"
    assert page.texts("nav.views [aria-current]") == ["In progress"]
    stored = await portal.owner.fetchrow("select name, filters from portal.saved_view")
    assert (stored["name"], json.loads(stored["filters"])) == ("In progress", {"stage": "active", "sort": "changed"})

    await hana.get("/candidates/views/new?stage=hired")
    await hana.submit("/candidates/views/new", title="Hired")
    page = await hana.get("/candidates/views")
    (first, _second) = page.all("form[action$='/name']")
    address = first.get("action", "")
    page = await hana.submit(address, title="In progress")
    assert (page.status, "You keep another search under this name." in page.text) == (422, True)
    page = await hana.submit(address, title="Joined us")
    assert "The search has its new name." in page.text
    akane = portal.world.account("akane", "employer_admin", people.aoba, display_name="Akane")
    portal.world.undertaking(people.agreement, akane)
    await portal.written()
    other = await portal.signed_in(akane)
    assert (await other.get("/candidates/views")).all("form[action$='/name']") == []
    for last, sent in (("name", {"title": "Mine"}), ("delete", {})):
        assert (await other.post(f"{address.removesuffix('name')}{last}", **sent)).status_code == 404
    page = await hana.submit(f"{address.removesuffix('name')}delete")
    assert (await portal.owner.fetchval("select count(*) from portal.saved_view"), page.path) == (
        1,
        "/candidates/views",
    )


async def test_more_than_thirty_searches_are_not_kept(portal: Portal) -> None:
    people, _made, hana = await three(portal)
    await portal.owner.execute(
        "insert into portal.saved_view (account_id, name, filters)"
        " select $1, n::text, '{}' from generate_series(1, 30) as n",
        people.hana.id,
    )
    await hana.get("/candidates/views/new?stage=hired")
    page = await hana.submit("/candidates/views/new", title="One more")
    assert (page.status, "You keep 30 searches already: delete one first." in page.text) == (422, True)
    page = await hana.submit("/candidates/views/new", title="30")
    assert page.path == "/candidates"
    assert (
        await portal.owner.fetchval("select filters from portal.saved_view where name = '30'") == '{"stage": "hired"}'
    )
