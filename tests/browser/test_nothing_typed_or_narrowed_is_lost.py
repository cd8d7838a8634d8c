"""A sign-in that ends while someone writes, and the way Back from a candidate: what was there is there again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from tests.browser.looking import kept_in_the_browser, let_no_script_arrive, violations
from tests.browser.site import Site
from tests.client import PASSWORD

NOTE = "Kind and exact; ありがとう"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_note_outlives_the_sign_in_it_was_written_in(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], language: str
) -> None:
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    page = sign_in("recruiter")
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").click()
    page.check("input[name=result][value=not_hired]")
    page.check("input[name=reason][value=position_filled]")
    page.fill("#note", NOTE)
    context.clear_cookies(name="portal")
    page.locator("#outcome form button").click()
    assert violations(page) == []
    page.fill("#email", site.cast.hana.email)
    page.fill("#password", PASSWORD)
    page.locator("form.stack button").click()
    assert violations(page) == []
    page.locator("form.stack button").click()
    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.locator("#outcome [role=status]")).to_be_focused()
    expect(page.locator("#outcome [role=status]")).to_be_in_viewport()
    assert violations(page) == []
    assert kept_in_the_browser(page) == {}


def test_back_leads_to_the_list_as_it_was_narrowed(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    page.goto(f"{site.address}/candidates")
    page.select_option("#stage", "decided")
    expect(page).to_have_url(f"{site.address}/candidates?stage=decided")
    rows = page.locator("#results .row-link")
    expect(rows).to_have_count(1)
    rows.first.click()
    page.go_back()
    expect(page).to_have_url(f"{site.address}/candidates?stage=decided")
    expect(rows).to_have_count(1)
    expect(page.locator("#stage")).to_have_value("decided")
    page.go_back()
    expect(page.locator("#stage")).to_have_value("")


@pytest.mark.parametrize("scripts", [True, False])
def test_back_leads_to_the_name_that_was_searched_for(
    site: Site, sign_in: Callable[[str], Page], scripts: bool
) -> None:
    page = sign_in("recruiter")
    if not scripts:
        let_no_script_arrive(page)
    page.goto(f"{site.address}/candidates")
    page.fill("#name", "Trần")
    page.press("#name", "Enter")
    rows = page.locator("#results .row-link")
    expect(rows).to_have_text(["Trần Thị Linh"])
    expect(page).to_have_url(re.compile("name=~"))
    rows.first.click()
    page.go_back()
    expect(rows).to_have_text(["Trần Thị Linh"])
    expect(page.locator("#name")).to_have_value("Trần")


def test_an_administrators_list_stays_as_it_was_narrowed(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("administrator")
    page.goto(f"{site.address}/accounts")
    page.fill("#q", "Ken")
    page.locator("#search button.primary").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("details summary", has_text="Suspend").click()
    page.locator("input[name=reason]").fill("Left the company")
    page.get_by_role("button", name="Suspend").click()
    for _look in range(2):
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr")).to_contain_text("Left the company")
        expect(page.locator("#q")).to_have_value("Ken")
        assert page.url.startswith(f"{site.address}/accounts?q=~")
        page.reload()
    page.get_by_role("button", name="Reactivate").click()
    expect(page.locator("tbody tr")).to_contain_text("Active")
    expect(page.locator("#q")).to_have_value("Ken")


def test_days_that_do_not_fit_are_said_beside_the_field_and_stay(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("compliance")
    page.goto(f"{site.address}/log")
    page.fill("#since", "2026-03-02")
    page.fill("#until", "2026-03-01")
    page.select_option("#action", "sign_in")
    expect(page.locator("#until-error")).to_contain_text("The last day comes before the first")
    expect(page.locator("#since")).to_have_value("2026-03-02")
    expect(page.locator("#until")).to_have_value("2026-03-01")
    expect(page.locator("#action")).to_have_value("sign_in")
    assert violations(page) == []
    page.fill("#since", "2026-03-01")
    page.locator("#search .primary").click()
    expect(page.locator("#until-error")).to_have_count(0)
    expect(page.locator("#results h2")).to_have_text("No entry matches these conditions")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_change_of_language_takes_along_what_is_being_typed(
    site: Site, sign_in: Callable[[str], Page], scripts: bool
) -> None:
    page = sign_in("recruiter")
    if not scripts:
        let_no_script_arrive(page)
    page.goto(site.address + site.people["linh"].page)
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.locator("#outcome summary").click()
    page.check("input[name=result][value=not_hired]")
    page.check("input[name=reason][value=position_filled]")
    page.fill("#note", NOTE)
    page.locator(".language-switch button").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.locator("input[name=reason]:checked")).to_have_value("position_filled")
    expect(page.locator("#outcome [role=status]")).to_be_visible()
    expect(page.locator("#outcome .field-error")).to_have_count(0)
    assert violations(page) == []
    page.locator(".language-switch button").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#note")).to_have_value(NOTE)
    assert asked == []
    page.locator(".sections a").first.click()


def test_a_change_of_language_with_nothing_typed_shows_the_page(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    page.goto(site.address + site.people["linh"].page)
    page.locator(".language-switch button").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("#outcome details")).not_to_have_attribute("open", "")
    assert page.url == site.address + site.people["linh"].page


def test_an_account_is_made_once_however_often_its_page_is_loaded(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("administrator")
    page.goto(f"{site.address}/accounts/new")
    page.fill("#display_name", "Rin")
    page.locator(".language-switch button").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("#display_name")).to_have_value("Rin")
    page.locator(".language-switch button").click()
    page.fill("#email", "rin@shokai.example")
    page.select_option("#role", "compliance")
    page.locator("form.stack button.primary").click()
    expect(page.locator("main [role=status]")).to_contain_text("on its way to rin@shokai.example")
    page.reload()
    expect(page.locator("main [role=status]")).to_have_count(0)
    expect(page.locator("tbody b", has_text="Rin")).to_have_count(1)
    assert violations(page) == []
