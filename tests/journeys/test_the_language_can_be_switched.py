"""Japanese and English on every page, by one button, by the browser's wish, or by the account's."""

import re

from tests.client import Browser, Portal
from tests.journeys.cast import AUNG, LINH, cast

KANA = re.compile(r"[ぁ-んァ-ヶ]{3,}")


def language(browser: Browser) -> str:
    """The language that the page being shown says it is in."""
    assert browser.page is not None
    return browser.page.all("html")[0].get("lang", "")


async def test_a_visitor_gets_the_language_of_the_browser_and_can_choose(portal: Portal) -> None:
    for wanted, expected in (("ja", "ja"), ("en-GB,en;q=0.9", "en"), ("vi", "ja"), ("fr, en;q=0.5", "en")):
        visitor = portal.browser(language=wanted)
        await visitor.get("/")
        assert language(visitor) == expected
    visitor = portal.browser(language="en")
    await visitor.get("/sign-in")
    page = await visitor.submit("/language")
    assert (page.path, language(visitor)) == ("/sign-in", "ja")
    assert KANA.search(page.text)
    await visitor.get("/")
    assert language(visitor) == "ja"


async def test_an_accounts_language_counts_until_another_is_chosen(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    account = portal.world.account("yui", "recruiter", people.aoba, locale="ja")
    portal.world.undertaking(people.agreement, account)
    yui = await portal.signed_in(account)
    page = await yui.get(linh.page)
    assert language(yui) == "ja"
    assert KANA.search(page.text)
    page = await yui.submit("/language")
    assert page.path == linh.page
    assert language(yui) == "en"
    assert "Why you can see this" in page.text
    assert page.title == linh.name


async def test_messages_about_mistakes_are_in_the_readers_language(portal: Portal) -> None:
    visitor = portal.browser(language="ja")
    await visitor.get("/sign-in")
    page = await visitor.submit("/sign-in", email="", password="")
    assert page.status == 422
    assert "Please" not in page.text
    page = await visitor.get("/nothing")
    assert (page.status, language(visitor)) == (404, "ja")
    assert KANA.search(page.text)


async def test_staff_read_a_companys_name_in_the_language_of_the_page(portal: Portal) -> None:
    people = await cast(portal, name="青葉食品")
    await portal.owner.execute("update portal.company set name_latin = 'Aoba' where name = '青葉食品'")
    linh = await people.introduce(LINH, people.aoba)
    await (await portal.signed_in(people.hana)).get(linh.page)
    entry = (await portal.log("action = 'page_shown'"))[-1]["id"]
    company, introduction = f"/companies/{people.aoba.id}", f"/introductions/{linh.introduction.id}"
    staff = [
        (people.mori, ("/companies", company, "/introductions", introduction)),
        (people.sato, ("/log", f"/log/{entry}", introduction)),
        (people.abe, ("/accounts", f"/accounts/{people.hana.id}")),
    ]  # fmt: skip
    for name, other, chosen in (("Aoba", "青葉食品", "en"), ("青葉食品", "Aoba", "ja")):
        for account, paths in staff:
            browser = await portal.signed_in(account)
            browser.http.cookies.set("lang", chosen, domain="localhost.local")
            for path in paths:
                page = await browser.get(path)
                assert language(browser) == chosen
                shown = page.text
                for exported in page.texts("details.fold pre"):  # an entry as it is exported has both names
                    shown = shown.replace(exported, "")
                both = path.startswith("/companies")
                assert (name in shown, other in shown) == (True, both), path
                assert not both or page.texts("h1, .row-link") in ([name], [page.title, name]), path
            if account is people.abe:  # no page names all companies: the form for an account looks one up
                assert page.form(path).values["company"].startswith(name)
                for typed in (name, other):
                    suggested = (await browser.post("/companies/called", company=typed)).text
                    assert (name in suggested, other in suggested) == (True, False)


async def test_recruiters_read_their_companys_name_in_the_language_of_the_page(portal: Portal) -> None:
    people = await cast(portal, name="青葉食品")
    await portal.owner.execute("update portal.company set name_latin = 'Aoba Foods Co., Ltd.' where name = '青葉食品'")
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    for chosen, name, other in (("en", "Aoba Foods Co., Ltd.", "青葉食品"), ("ja", "青葉食品", "Aoba Foods Co.")):
        hana.http.cookies.set("lang", chosen, domain="localhost.local")
        for path in ("/candidates", linh.page, "/agreement"):
            page = await hana.get(path)
            assert name in page.text, path
            assert other not in page.text, path
            assert ".." not in page.text, path


async def test_a_name_in_the_list_has_a_reading_that_its_reader_can_read(portal: Portal) -> None:
    people = await cast(portal)
    aung = await people.introduce(AUNG, people.aoba)
    hana = await portal.signed_in(people.hana)
    for chosen, read, other in (("en", "Aung Kyaw", "アウンチョー"), ("ja", "アウンチョー", "Aung Kyaw")):
        hana.http.cookies.set("lang", chosen, domain="localhost.local")
        page = await hana.get("/candidates")
        assert page.texts("#results .row-link") == [aung.name]
        assert read in page.text
        assert other not in page.text


async def test_what_is_wrong_is_said_in_the_accounts_language_too(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    account = portal.world.account("yui", "recruiter", people.aoba, locale="ja")
    portal.world.undertaking(people.agreement, account)
    yui = await portal.signed_in(account)
    yui.http.headers["accept-language"] = "en"
    await yui.get(linh.page)
    page = await yui.submit(f"{linh.page}/outcome", result="hired", reason="no_reply", note="x" * 1001)
    assert (page.status, language(yui)) == (422, "ja")
    assert "1000文字以内で入力してください。" in page.text.replace(",", "")
    assert "Please" not in page.text
