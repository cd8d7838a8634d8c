"""Recruiters and staff are people too: whoever signs in is told what is recorded, why and for how long (S68)."""

import pytest

from tests.client import Portal

TOLD = {
    "en": (
        "What is recorded of you",
        "every search (of a name, only that one was searched for)",
        "every note that you write",
        "because the law asks for records",
        "A candidate who asks may be told who saw their data",
        "as long as the account exists",
        "three years",
        "To be told what is recorded of you",
    ),
    "ja": (
        "記録するあなたの情報",
        "失敗したものを含む",
        "記入したメモ",
        "提供の記録が法令で求められている",
        "誰がその情報を閲覧したかを本人に伝えることがあります",
        "アカウントがある間",
        "3年間保存します",
        "記録の開示、訂正、または法令の範囲内での消去の求め",
    ),
}


@pytest.mark.parametrize("language", list(TOLD))
async def test_the_sign_in_page_tells_it_without_a_script(portal: Portal, language: str) -> None:
    page = await portal.browser(language=language).get("/sign-in")
    assert all(word in page.text for word in TOLD[language])


async def test_it_is_told_where_a_first_password_is_chosen(portal: Portal) -> None:
    company = portal.world.company("aoba")
    yui = portal.world.account("yui", "recruiter", company)
    browser = await portal.signed_in(yui, must_change_password=True)
    page = await browser.get("/account/password")
    assert all(word in page.text for word in TOLD["en"])
