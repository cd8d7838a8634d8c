"""P1: another company's address, an edited form, a document of somebody else: all of it does not exist."""

from uuid import uuid4

from tests.client import Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast


async def same_as_nothing(hana: Browser, answers: list[bytes]) -> bool:
    """Whether each answer is the page of an address that never existed."""
    nothing = await hana.raw("GET", f"/candidates/{uuid4()}")
    assert nothing.status_code == 404
    return set(answers) == {nothing.content}


async def test_p1_another_companys_candidate_does_not_exist(portal: Portal) -> None:
    people = await cast(portal)
    hao = await people.introduce(HAO, people.kita)
    hana = await portal.signed_in(people.hana)
    answers = [
        await hana.raw("GET", hao.page),
        await hana.raw("GET", f"{hao.page}/resume.pdf"),
        await hana.raw("GET", f"{hao.page}/documents/{hao.document}"),
        await hana.post(f"{hao.page}/contact"),
        await hana.post(f"{hao.page}/outcome", result="hired", reason="offer_accepted"),
    ]
    assert await same_as_nothing(hana, [answer.content for answer in answers])
    assert {answer.status_code for answer in answers} == {404}
    refused = await portal.log("introduction_id = $1", hao.introduction.id)
    assert [entry["decision"] for entry in refused] == ["refused"] * 5
    ken = await portal.signed_in(people.ken)
    assert (await ken.get(hao.page)).title == hao.name


async def test_p1_the_file_of_someone_else_does_not_open_at_ones_own_candidate(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    aung = await people.introduce(AUNG, people.aoba)
    hao = await people.introduce(HAO, people.kita)
    hana = await portal.signed_in(people.hana)
    foreign = (aung.document, hao.document, uuid4())
    answers = [await hana.raw("GET", f"{linh.page}/documents/{document}") for document in foreign]
    assert await same_as_nothing(hana, [answer.content for answer in answers])


async def test_p1_an_edited_search_finds_no_more_than_the_page_offers(portal: Portal) -> None:
    people = await cast(portal)
    await people.introduce(LINH, people.aoba)
    hao = await people.introduce(HAO, people.kita)
    hana = await portal.signed_in(people.hana)
    for field, value in (
        ("opening", str(portal.world.first_opening(people.kita).id)), ("name", "%"), ("name", "_"), ("name", "浩"),
        ("name", "' or true --"), ("after", "AAAA"), ("stage", "anything"), ("company", str(people.kita.id)),
    ):  # fmt: skip
        page = await hana.see(await hana.post("/candidates", **{field: value}))
        assert page.status in (200, 422)
        assert hao.name not in page.text
        assert hao.introduction.code not in page.text


async def test_p8_nobody_can_be_searched_by_nationality_gender_age_or_photo(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    page = await hana.get("/candidates")
    assert page.form("/candidates").names <= {
        "csrf_token", "sent_as", "back_to", "name", "opening", "stage", "japanese", "work", "unread", "assigned",
        "keywords", "qualification", "language", "available", "sort",
    }  # fmt: skip
    assert [one.get("value") for one in page.all("select[name=sort] option")] == ["", "changed", "stage"]
    for field, value in (("nationality", "JP"), ("gender", "male"), ("age", "60"), ("photo", "x")):
        page = await hana.see(await hana.post("/candidates", **{field: value}))
        assert page.texts("#results .row-link") == [linh.name]


async def test_a_form_without_a_right_token_changes_nothing(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana, ken = await portal.signed_in(people.hana), await portal.signed_in(people.ken)
    foreign = (await ken.get("/candidates")).form("/candidates").values["csrf_token"]
    sent = {"result": "hired", "reason": "offer_accepted"}
    for token in ("", "AAAA", foreign):
        answer = await hana.raw("POST", f"{linh.page}/outcome", data={**sent, "csrf_token": token})
        assert answer.status_code == 403
    own = (await hana.get("/candidates")).form("/candidates").values["csrf_token"]
    elsewhere = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    answer = await hana.raw("POST", f"{linh.page}/outcome", data={**sent, "csrf_token": own}, headers=elsewhere)
    assert answer.status_code == 403
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 0


async def test_an_outcome_with_a_reason_that_no_list_offers_is_not_taken(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    wrong = (("hired", "position_filled"), ("not_hired", "nationality"), ("rejected", "no_reply"), ("", ""))
    for result, reason in wrong:
        answer = await hana.post(f"{linh.page}/outcome", result=result, reason=reason)
        assert answer.status_code == 422
    assert await portal.owner.fetchval("select count(*) from personal.outcome") == 0
