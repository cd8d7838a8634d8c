"""Nobody sees anyone before their own promise: the list says so, the agreement takes it, and then the list opens."""

import hashlib
import json
from uuid import uuid4

from portal.agreements.understanding import QUESTIONS
from portal.agreements.undertakings import TEXTS
from tests.client import Portal
from tests.journeys.cast import LINH, cast
from tests.links import answers_to
from tests.page import Page

DIGESTS = {language: hashlib.sha256(text.encode()).hexdigest() for language, text in TEXTS[1].items()}


async def test_a_new_recruiter_promises_and_then_sees(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.aoba, display_name="Yui"))

    page = await yui.get("/candidates")
    assert linh.name not in page.text
    assert "One promise comes first" in page.text
    for path in (linh.page, f"/candidates/{uuid4()}"):  # whoever it is about, and whether there is anybody
        page = await yui.get(path)
        assert "One promise comes first" in page.text
        assert linh.name not in page.response.text
    assert (await portal.log("action = 'page_shown'"))[-1]["decision"] == "refused"
    page = await yui.get("/candidates")
    page = await yui.get(page.link("Read and accept the undertaking"))
    assert people.agreement.number in page.text
    assert people.agreement.text in page.text

    page = await yui.submit("/agreement/undertaking")
    assert page.status == 422
    assert "Tick the box" in page.text
    page = await yui.undertake()
    assert page.path == "/candidates"
    assert page.texts("#results .row-link") == [linh.name]
    entry = (await portal.log("action = 'undertaking_accepted'"))[-1]
    assert (entry["decision"], entry["agreement_id"]) == ("permitted", people.agreement.id)
    assert (entry["document_digest"].hex(), json.loads(entry["facts"])) == (
        DIGESTS["en"],
        {"text_version": 1, "check_version": 1, "right_answers": 3},
    )
    assert "You accepted version 1" in (await yui.get("/agreement")).text
    kept = await portal.owner.fetchrow("select * from portal.undertaking order by accepted_at desc limit 1")
    assert (kept["text_version"], kept["text_language"]) == (1, "en")
    assert (kept["text_digest"].hex(), kept["original_digest"].hex()) == (DIGESTS["en"], DIGESTS["ja"])


async def test_a_wrong_answer_is_explained_and_asked_again_before_anything_is_accepted(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.aoba))
    page = await yui.get("/agreement")
    asked = page.texts("#undertaking ~ form legend")
    right = answers_to(asked)
    page = await yui.submit("/agreement/undertaking", promise="yes")
    assert (page.status, page.text.count("Please choose an answer.")) == (422, 6), "above the form, and beside each"
    wrong = {**right, "second": str(int(right["second"]) % 3 + 1)}
    page = await yui.submit("/agreement/undertaking", promise="yes", **wrong)
    assert page.status == 422
    assert "not accepted yet" in page.text
    (explained,) = [one.en.explanation for one in QUESTIONS[1] if f"2. {one.en.question}" == asked[1]]
    assert explained in page.text
    assert page.texts("#undertaking ~ form legend") == [asked[1]], "what was right is not asked again"
    assert page.text.count("Answered rightly") == 2
    assert linh.name not in (await yui.get("/candidates")).text
    page = await yui.get("/agreement")
    assert page.texts("#undertaking ~ form legend") == [asked[1]]
    page = await yui.submit("/agreement/undertaking", promise="yes", second=right["second"])
    assert page.texts("#results .row-link") == [linh.name]
    kept = await portal.owner.fetch("select is_right from portal.understanding_answer order by answered_at")
    assert sorted(row["is_right"] for row in kept) == [False, True, True, True]


async def test_who_has_not_done_it_is_seen_by_the_companys_administrator(portal: Portal) -> None:
    people = await cast(portal)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.aoba, display_name="Yui"))
    boss = await portal.signed_in(portal.world.account("boss", "employer_admin", people.aoba, display_name="Boss"))

    async def said() -> dict[str, str]:
        rows = (await boss.get("/team")).texts(".lined > li")
        return {row.split()[0]: row for row in rows}

    before = await said()
    assert "Undertaking not accepted" in before["Yui"]
    assert "Accepted before there were questions" in before["Hana"], "what was accepted before them goes on"
    await yui.get("/agreement")
    await yui.undertake()
    after = await said()
    assert "Undertaking not accepted" not in after["Yui"]
    assert "before there were questions" not in after["Yui"]


async def test_the_undertaking_is_read_in_ones_language_with_the_original_beside_it(portal: Portal) -> None:
    people = await cast(portal)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.aoba))
    page = await yui.get("/agreement")
    for text in TEXTS[1].values():
        assert " ".join(text.split()) in " ".join(page.text.split())
    ren = await portal.signed_in(portal.world.account("ren", "recruiter", people.aoba, locale="ja"))
    page = await ren.get("/agreement")
    assert " ".join(TEXTS[1]["ja"].split()) in " ".join(page.text.split())
    assert "I undertake the following" not in page.text
    await ren.undertake()
    kept = await portal.owner.fetchrow("select * from portal.undertaking order by accepted_at desc limit 1")
    assert (kept["text_language"], kept["text_digest"].hex()) == ("ja", DIGESTS["ja"])


async def test_a_text_that_was_replaced_meanwhile_is_read_again(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.aoba))
    await yui.get("/agreement")
    newer = "insert into portal.undertaking_text (version, language, text, original_digest, published_at) values"
    for language, text in (("ja", "第2版"), ("en", "The second text")):
        await portal.owner.execute(f"{newer} (2, $1, $2, portal.text_digest('第2版'), now())", language, text)
    page = await yui.undertake()
    assert page.status == 422
    assert "changed in the meantime" in page.text
    assert "The second text" in page.text
    assert linh.name not in (await yui.get("/candidates")).text
    await yui.get("/agreement")
    page = await yui.undertake()
    assert page.texts("#results .row-link") == [linh.name]
    assert (await portal.owner.fetchval("select max(text_version) from portal.undertaking")) == 2


async def test_a_promise_under_another_companys_agreement_opens_nothing(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", people.kita))
    answer = await yui.post(
        "/agreement/undertaking", agreement=str(people.agreement.id), shown=DIGESTS["en"], promise="yes"
    )
    assert answer.status_code == 404
    assert linh.name not in Page(await yui.raw("GET", "/candidates")).text


async def test_a_new_agreement_asks_for_a_new_promise(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    assert (await hana.get(linh.page)).status == 200
    ended = "update portal.agreement set terminated_at = now() where id = $1"
    await portal.owner.execute(ended, people.agreement.id)
    portal.world.agreement(people.aoba)
    await portal.written()
    page = await hana.get("/candidates")
    assert "One promise comes first" in page.text
    await hana.get("/agreement")
    page = await hana.undertake()
    assert page.texts("#results .row-link") == [linh.name]


async def test_without_an_agreement_the_page_says_whom_to_ask(portal: Portal) -> None:
    people = await cast(portal)
    new = portal.world.company("new")
    yui = await portal.signed_in(portal.world.account("yui", "recruiter", new))
    assert people.aoba.name not in (await yui.get("/agreement")).text
    assert "no agreement in force" in (await yui.get("/agreement")).text
    assert (await yui.get("/candidates")).status == 200
