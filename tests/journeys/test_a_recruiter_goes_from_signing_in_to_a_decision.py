"""Hana signs in, finds Linh, reads, downloads, decides and corrects; the data closes, contact stays, then nothing."""

from datetime import timedelta

from portal.candidates.items import Purpose
from tests.client import PASSWORD, Browser, Portal
from tests.journeys.cast import AUNG, HAO, LINH, Cast, Person, cast
from tests.page import Page
from tests.papers import text_of

LONG_NOTE = "Strong in food safety.\nWould have to move to Sendai."


async def names(browser: Browser, asked: str) -> list[str]:
    """The names that a search finds."""
    await browser.get("/candidates")
    page = await browser.submit("/candidates", name=asked)
    assert page.status == 200
    assert asked not in str(page.response.url)
    return page.texts("#results .row-link")


async def sign_in(portal: Portal, people: Cast) -> Browser:
    portal.world.password(people.hana, PASSWORD)
    await portal.written()
    hana = portal.browser()
    await hana.get("/candidates")
    page = await hana.submit("/sign-in", email=people.hana.email, password=PASSWORD)
    assert page.path == "/candidates"
    return hana


async def test_from_signing_in_to_a_decision(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    aung = await people.introduce(AUNG, people.aoba)
    await people.introduce(HAO, people.aoba, withdrawn_at=portal.world.now)
    await people.introduce(HAO, people.kita)
    hana = await sign_in(portal, people)

    page = await hana.get("/candidates")
    assert sorted(page.texts("#results .row-link")) == sorted([linh.name, aung.name])
    assert "2 candidates" in page.text
    await finds_names_in_three_scripts(hana, linh, aung)

    page = await hana.get(linh.page)
    assert page.title == linh.name
    assert page.texts("title") == [f"{linh.introduction.code} - 紹介 Shokai"]
    (basis,) = page.texts(".basis")
    assert "Aoba Foods" in basis
    assert "notice, version 1 of " in basis
    assert linh.consent.notice.reference not in basis
    assert "This view was recorded" in page.text
    heads = page.texts("article h2")
    assert heads.index("Particulars") + 1 < heads.index("What may not decide whether to hire"), "it stands lower"
    await takes_the_resume(portal, hana, linh)
    await takes_the_original(portal, hana, linh)
    await decides(hana, linh)
    await sees_that_the_data_is_closed(portal, hana, linh)
    await corrects_within_a_day(portal, hana, linh)
    await keeps_contact_for_thirty_days(portal, hana, linh)


async def finds_names_in_three_scripts(hana: Browser, linh: Person, aung: Person) -> None:
    assert await names(hana, "tran") == [linh.name]
    assert await names(hana, "Trần") == [linh.name]
    assert await names(hana, "りん") == [linh.name]
    assert await names(hana, "ကျော်") == [aung.name]
    assert await names(hana, "Hao") == []
    assert await names(hana, "浩") == []


async def takes_the_resume(portal: Portal, hana: Browser, linh: Person) -> None:
    page = await hana.get(linh.page)
    links = page.links(f"{linh.page}/resume.pdf")
    assert len(links) == 3
    tab = await hana.get(f"{linh.page}/resume")
    assert tab.title == f"Resume of {linh.name}"
    frames = [one.get("src", "") for one in tab.all("iframe")]
    assert frames == [f"{linh.page}/resume.pdf?form=en&calendar=western"], "the first time in the reader's language"
    for link in [*links, *frames]:
        answer = await hana.raw("GET", link)
        assert answer.status_code == 200
        how = "attachment" if link.endswith("save=yes") else "inline"
        assert answer.headers["content-disposition"].startswith(how)
        assert answer.headers["content-type"] == "application/pdf"
        act = "resume_downloaded" if how == "attachment" else "resume_read"
        entry = (await portal.log(f"action = '{act}'"))[-1]
        for words in text_of(answer.content):
            assert "Aoba Foods" in words
            assert "Hana" in words
            assert str(entry["id"]) in words.replace("\n", "")
        assert entry["decision"] == "permitted"
        assert entry["introduction_id"] == linh.introduction.id
        assert linh.name not in answer.headers["content-disposition"]


async def takes_the_original(portal: Portal, hana: Browser, linh: Person) -> None:
    page = await hana.get(linh.page)
    answer = await hana.raw("GET", page.links(f"{linh.page}/documents/")[0])
    assert answer.status_code == 200
    entry = (await portal.log("action = 'document_downloaded'"))[-1]
    assert str(entry["id"]) in "".join(text_of(answer.content)).replace("\n", "")
    assert entry["document_digest"] is not None


async def decides(hana: Browser, linh: Person) -> None:
    page = await hana.get(linh.page)
    assert "close at once" in page.text
    page = await hana.decide(linh.page, result="not_hired", reason="position_filled", note=LONG_NOTE)
    assert page.path == linh.page
    assert "The position was filled" in page.text


async def sees_that_the_data_is_closed(portal: Portal, hana: Browser, linh: Person) -> None:
    page = await hana.get(linh.page)
    assert "The selection is over" in page.text
    assert "background of" not in page.text
    assert "JLPT" not in page.text
    assert page.links(f"{linh.page}/resume.pdf") == []
    assert (await hana.raw("GET", f"{linh.page}/resume.pdf")).status_code == 404
    assert (await hana.raw("GET", f"{linh.page}/documents/{linh.document}")).status_code == 404
    assert (await portal.log("action = 'resume_read'"))[-1]["decision"] == "refused"
    page = await hana.submit(f"{linh.page}/contact")
    assert linh.candidate.items["email"] in page.text
    assert linh.candidate.items["telephone"] in page.response.text


async def corrects_within_a_day(portal: Portal, hana: Browser, linh: Person) -> None:
    page = await hana.get(linh.page)
    assert page.form(f"{linh.page}/outcome").values["correcting"] == "yes"
    page = await hana.submit(f"{linh.page}/outcome", result="hired", reason="offer_accepted", note="")
    assert "Recorded before and corrected" in page.text
    assert "Offer accepted" in page.text
    assert "The position was filled" in page.text
    assert "background of" not in page.text
    assert (await portal.log("action = 'outcome_corrected'"))[-1]["decision"] == "permitted"
    await portal.decided(linh.introduction, ago=timedelta(hours=25))
    page = await hana.get(linh.page)
    assert [form for form in page.forms() if form.action.endswith("/outcome")] == []
    form = {"result": "not_hired", "reason": "position_filled", "note": "Written\nlate", "correcting": "yes"}
    late = await hana.post(f"{linh.page}/outcome", **form)
    assert late.status_code == 422
    assert "The 24 hours for corrections are over" in Page(late).text
    assert "Written\nlate" in late.text.replace("\r", "")


async def keeps_contact_for_thirty_days(portal: Portal, hana: Browser, linh: Person) -> None:
    await portal.decided(linh.introduction, ago=timedelta(days=29, hours=23))
    assert (await hana.get(linh.page)).title == linh.name
    await portal.decided(linh.introduction, ago=timedelta(days=30, minutes=1))
    gone = await hana.raw("GET", linh.page)
    assert gone.status_code == 404
    assert gone.content == (await hana.raw("GET", "/candidates/nobody")).content
    assert (await hana.post(f"{linh.page}/contact")).status_code == 404
    page = await hana.get("/candidates")
    assert linh.name not in page.text
    assert linh.introduction.code not in page.text


async def test_a_page_that_is_open_for_contact_alone_says_so(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    aung = await people.introduce(AUNG, people.aoba, purposes=int(Purpose.CONTACT))
    hana = await portal.signed_in(people.hana)
    said = "only what serves contact is open"
    assert said not in (await hana.get(linh.page)).text
    page = await hana.get(aung.page)
    assert said in page.text
    assert "Particulars" not in page.text
    await hana.decide(aung.page, result="hired", reason="offer_accepted")
    page = await hana.get(aung.page)
    assert "The selection is over" in page.text
    assert said not in page.text
