"""Back from a candidate, a recruiter is where they were: a list's filters stand in its address, a name never."""

from tests.client import HOST, Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, Cast, cast

UNREAD = "can be read only in the sign-in in which it was typed"
FRAGMENT = {"hx-request": "true", "origin": "http://localhost:8000"}


async def three(portal: Portal) -> tuple[Cast, Browser]:
    """Linh, Aung and Hao, introduced to Aoba; and Hana, who recruits there."""
    people = await cast(portal)
    for name in (LINH, AUNG, HAO):
        await people.introduce(name, people.aoba)
    return people, await portal.signed_in(people.hana)


async def test_a_search_leads_to_an_address_that_shows_the_same(portal: Portal) -> None:
    _people, hana = await three(portal)
    await hana.get("/candidates")
    page = await hana.submit("/candidates", japanese="4", stage="active")
    assert (page.path, str(page.response.url.query, "ascii")) == ("/candidates", "stage=active&japanese=4")
    assert len(page.texts("#results .row-link")) == 3
    values = page.form("/candidates").values
    assert (values["japanese"], values["stage"]) == ("4", "active")


async def test_p9_a_name_stands_in_an_address_only_as_its_own_sign_in_can_read_it(portal: Portal) -> None:
    people, hana = await three(portal)
    await hana.get("/candidates")
    page = await hana.submit("/candidates", name="Trần", stage="active")
    found_at = str(page.response.url.raw_path, "ascii")
    assert found_at.startswith("/candidates?name=~")
    for seen in (page, await hana.get(found_at)):
        assert seen.texts("#results .row-link") == ["Trần Thị Linh"]
        assert seen.form("/candidates").values["name"] == "Trần"
    fragment = {"csrf_token": page.form("/candidates").values["csrf_token"], "name": "Trần", "stage": "active"}
    answer = await hana.raw("POST", "/candidates", data=fragment, headers=FRAGMENT)
    assert answer.headers["location"].startswith("/candidates?name=~")
    again = await portal.signed_in(people.hana)
    searched = len(await portal.log("action = 'searched'"))
    page = await again.get(found_at)
    assert page.form("/candidates").values["name"] == ""
    assert page.form("/candidates").values["stage"] == "active"
    assert UNREAD in page.texts("#name-error")[0]
    assert page.texts("#results .row-link") == []
    assert len(await portal.log("action = 'searched'")) == searched
    assert UNREAD not in (await hana.get(found_at)).text
    assert UNREAD not in (await again.submit("/candidates", name="Trần")).text


async def test_p9_a_name_in_plain_letters_is_not_looked_for(portal: Portal) -> None:
    _people, hana = await three(portal)
    page = await hana.get("/candidates?name=Tr%E1%BA%A7n")
    assert page.form("/candidates").values["name"] == ""
    assert page.texts("#results .row-link") == []
    assert (page.status, UNREAD in page.texts("#name-error")[0]) == (422, True)
    for whole in ("/candidates", "/candidates?name=", "/candidates?stage=interview"):
        assert UNREAD not in (await hana.get(whole)).text


async def test_the_way_back_on_a_candidates_page_leads_to_the_list_as_it_was(portal: Portal) -> None:
    _people, hana = await three(portal)
    narrowed = "/candidates?stage=active&japanese=4"
    page = await hana.get(narrowed)
    person = page.links("/candidates/")[0]
    page = await hana.submit("/candidates", name="Trần")
    for before in (narrowed, str(page.response.url.raw_path, "ascii")):
        page = await hana.get(person, referer=f"{HOST}{before}")
        assert before in page.links()
    for elsewhere in ("https://evil.example/candidates?x", f"{HOST}/candidates?name=Linh", f"{HOST}/agreement"):
        page = await hana.get(person, referer=elsewhere)
        assert not [link for link in page.links() if "evil" in link or "Linh" in link]


async def test_a_change_of_language_stays_where_one_is(portal: Portal) -> None:
    _people, hana = await three(portal)
    await hana.get("/candidates?stage=active&japanese=4")
    page = await hana.submit("/language", lang="ja")
    assert str(page.response.url).endswith("/candidates?stage=active&japanese=4")


async def test_what_was_typed_into_a_search_outlives_a_change_of_language_unsearched(portal: Portal) -> None:
    _people, hana = await three(portal)
    narrowed = "/candidates?stage=active&japanese=4"
    for typed in ("", "Aung"):
        page = await hana.get(narrowed)
        searched = len(await portal.log("action = 'searched' and facts ? 'name'"))
        sent = page.form("/candidates").filled({"name": typed}) | {"only_show": "yes"}
        (listed,) = page.all("input[name=listed][form=search]")
        sent["listed"] = listed.get("value", "")
        answer = await hana.raw("POST", "/language?lang=ja&to=/candidates", data=sent, headers={"origin": HOST})
        assert (answer.status_code, answer.headers["location"]) == (307, "/candidates")
        page = await hana.see(answer)
        values = page.form("/candidates").values
        assert (values["name"], values["stage"], values["japanese"]) == (typed, "active", "4")
        assert str(page.response.url).endswith("/candidates" if typed else narrowed)
        assert len(page.texts("#results .row-link")) == 3
        assert len(await portal.log("action = 'searched' and facts ? 'name'")) == searched


async def test_a_code_finds_whoever_it_belongs_to_also_without_a_name(portal: Portal) -> None:
    people = await cast(portal)
    european = portal.world.candidate("ana", regime="eea")
    portal.world.consent(european, people.aoba)
    introduction = portal.world.introduction(european, people.aoba)
    linh = await people.introduce(LINH, people.aoba)
    elsewhere = await people.introduce(HAO, people.kita)
    hana = await portal.signed_in(people.hana)
    for typed in (introduction.code, f" {introduction.code.lower()} ", introduction.code.replace("SK", "ＳＫ")):
        await hana.get("/candidates")
        page = await hana.submit("/candidates", name=typed)
        assert page.texts("#results .row-link") == [introduction.code]
        assert page.path == "/candidates"
    page = await hana.submit("/candidates", name=linh.introduction.code, japanese="5")
    assert page.texts("#results .row-link") == []
    page = await hana.submit("/candidates", name=elsewhere.introduction.code, japanese="")
    assert page.texts("#results .row-link") == []


async def test_a_title_is_read_in_the_language_of_the_page(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    await portal.owner.execute("update portal.opening set title = '調理', title_latin = 'Cook'")
    for language, shown, hidden in (("en", "Cook", "調理"), ("ja", "調理", "Cook")):
        hana = await portal.signed_in(people.hana)
        hana.http.headers["accept-language"] = language
        await hana.raw("GET", "/sign-in")
        await hana.post("/language", lang=language, back="/candidates")
        for path in ("/candidates", linh.page):
            page = await hana.get(path)
            assert shown in page.text
            assert hidden not in page.text
