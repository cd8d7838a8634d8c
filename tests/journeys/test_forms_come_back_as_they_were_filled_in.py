"""What is wrong is said beside its field, and nothing a person typed is lost, but for passwords."""

from tests.client import PASSWORD, Portal
from tests.journeys.cast import LINH, cast
from tests.page import Page

FRAGMENT = {"hx-request": "true", "origin": "http://localhost:8000"}


async def test_an_outcome_comes_back(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    note = "Two lines,\n<b>with</b> & signs; ありがとう"
    page = await hana.submit(f"{linh.page}/outcome", result="hired", reason="no_reply", note=note)
    assert page.status == 422
    assert page.title == linh.name
    values = page.form(f"{linh.page}/outcome").values
    assert (values["result"], values["note"]) == ("hired", note)
    assert "belongs to the result" in page.text
    assert len(page.all("[aria-invalid=true]")) >= 1


async def test_a_note_that_is_too_long_comes_back_whole(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    note = "あ" * 1001
    page = await hana.submit(f"{linh.page}/outcome", result="hired", reason="offer_accepted", note=note)
    assert page.status == 422
    assert page.form(f"{linh.page}/outcome").values["note"] == note
    assert "at most 1000 characters" in page.text.replace(",", "")


async def test_all_that_is_wrong_with_an_outcome_is_said_at_once(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    note = "あ" * 1001
    page = await hana.submit(f"{linh.page}/outcome", result="hired", reason="no_reply", note=note)
    assert page.status == 422
    values = page.form(f"{linh.page}/outcome").values
    assert (values["result"], values["note"]) == ("hired", note)
    said = page.texts("#outcome .field-error")
    assert ["belongs to the result" in said[0], "at most 1,000 characters" in said[1]] == [True, True]


async def test_all_that_is_wrong_with_a_new_account_is_said_at_once(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await abe.get("/accounts/new")
    page = await abe.submit("/accounts/new", display_name="Yui", email="yui", role="recruiter")
    assert page.status == 422
    said = page.texts(".field-error")
    assert ["name@example.com" in said[0], "belong to a company" in said[1]] == [True, True]
    page = await abe.submit("/accounts/new", role="compliance", company=str(people.aoba.id))
    said = page.texts(".field-error")
    assert ["name@example.com" in said[0], "belong to no company" in said[1]] == [True, True]
    values = page.form("/accounts/new").values
    assert (values["email"], values["role"], values["company"]) == ("yui", "compliance", str(people.aoba.id))


async def test_a_search_that_is_wrong_is_said_at_its_field_and_counts_nobody(portal: Portal) -> None:
    people = await cast(portal)
    await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get("/candidates")
    long = await hana.submit("/candidates", name="x" * 101)
    assert long.form("/candidates").values["name"] == "x" * 101
    for page, field, said in (
        (long, "name", "at most 100 characters"),
        (await hana.get("/candidates?stage=zzz"), "stage", "choose one from the list"),
    ):
        assert page.status == 422
        assert said in page.texts(f"#{field}-error")[0]
        assert "No candidate matches" not in page.text
        assert "0 candidates" not in page.text
    assert (await hana.submit("/candidates", stage="interview")).status == 200


async def test_htmx_exchanges_the_form_when_what_is_wrong_stands_or_stood_in_it(portal: Portal) -> None:
    people = await cast(portal)
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/candidates")
    assert [one.get("hx-target") for one in page.all("#search")] == ["#results"]
    sent = {**page.form("/candidates").values, "name": "x" * 101}
    page = Page(await hana.raw("POST", "/candidates", data=sent, headers=FRAGMENT))
    assert page.response.headers["hx-retarget"] == page.response.headers["hx-reselect"] == "#list"
    assert [one.get("hx-target") for one in page.all("#search")] == ["#list"]


async def test_a_correction_that_changes_nothing_comes_back(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    decided = {"result": "not_hired", "reason": "position_filled", "note": "Two lines,\nないし二行"}
    await hana.decide(linh.page, **decided)
    for language, said in (("en", "Nothing was changed"), ("ja", "何も変更されていません")):
        await hana.submit("/language", lang=language)
        page = await hana.submit(f"{linh.page}/outcome")
        assert page.status == 422
        assert said in page.text
        values = page.form(f"{linh.page}/outcome").values
        assert {name: values[name] for name in decided} == decided
        assert page.all("#outcome details[open]")
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 1
    entries = await portal.log("action = 'outcome_corrected'")
    assert [entry["decision"] for entry in entries] == ["refused", "refused"]


async def test_a_search_comes_back(portal: Portal) -> None:
    people = await cast(portal)
    await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get("/candidates")
    page = await hana.submit("/candidates", name="Trần", japanese="4", stage="active")
    values = page.form("/candidates").values
    assert (values["name"], values["japanese"], values["stage"]) == ("Trần", "4", "active")
    page = await hana.submit("/candidates", name="nobody of that name")
    assert "No candidate matches" in page.text


async def test_a_password_never_comes_back(portal: Portal) -> None:
    await cast(portal)
    someone = portal.browser()
    await someone.get("/sign-in?next=/agreement")
    page = await someone.submit("/sign-in", email="nobody@nowhere.example", password=PASSWORD)
    assert page.status == 422
    values = page.form("/sign-in").values
    assert values["email"] == "nobody@nowhere.example"
    assert values["password"] == ""
    assert values["next"] == "/agreement"
    assert PASSWORD not in page.response.text
    page = await someone.submit("/sign-in", email="", password="")
    assert page.status == 422
    assert "Please fill this in" in page.text


async def test_a_body_that_no_page_sends_is_refused(portal: Portal) -> None:
    people = await cast(portal)
    hana = await portal.signed_in(people.hana)
    for fields in ({"name": "\0"}, {f"field{number}": "x" for number in range(300)}):
        assert (await hana.post("/candidates", **fields)).status_code == 400
    assert (await hana.post("/candidates", name="x" * 300_000)).status_code == 413
