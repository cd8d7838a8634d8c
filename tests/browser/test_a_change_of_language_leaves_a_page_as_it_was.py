"""The language can be changed at any time: an untouched page is shown as it is, and typed words of a search stay."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import let_no_script_arrive
from tests.browser.site import Site

FORMS = ["linh", "aung", "/accounts/new", "/companies/new", "/agreement", "/sign-in", "/sign-in/lost-password"]
ROLES = {"/accounts/new": "administrator", "/companies/new": "account_manager", "/agreement": "new recruiter"}
LISTS = [
    ("recruiter", "/candidates?stage=active", "#name", "Aung"),
    ("account_manager", "/introductions?standing=open", "#introduction", "nothing like it"),
    ("account_manager", "/companies", "#name", "nothing like it"),
    ("compliance", "/log?decision=permitted", "#introduction", "nothing like it"),
    ("administrator", "/accounts?role=recruiter", "#q", "nothing like it"),
]


def opened(site: Site, page: Page, path: str, scripts: bool) -> str:
    """A page, with scripts or without; its address."""
    if not scripts:
        let_no_script_arrive(page)
    page.goto(site.address + path)
    return page.url


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("path", FORMS)
def test_a_form_that_nobody_touched_is_not_said_to_be_filled_in(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], path: str, scripts: bool
) -> None:
    role = "nobody" if path.startswith("/sign-in") else ROLES.get(path, "recruiter")
    page = context.new_page() if role == "nobody" else sign_in(role)
    address = opened(site, page, site.people[path].page if path in site.people else path, scripts)
    for language in ("ja", "en"):
        page.locator(".language-switch button").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("main [autofocus], main details[open]")).to_have_count(0)
        expect(page).to_have_url(address)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("role", "path", "field", "word"), LISTS)
def test_words_of_a_search_that_were_not_sent_stay_and_are_not_searched_for(
    site: Site, sign_in: Callable[[str], Page], role: str, path: str, field: str, word: str, scripts: bool
) -> None:
    page = sign_in(role)
    opened(site, page, path, scripts)
    shown = page.locator("#results tbody tr").count()
    assert shown > 0
    page.fill(field, word)
    for language in ("ja", "en"):
        page.locator(".language-switch button").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(field)).to_have_value(word)
        page.wait_for_load_state()  # rows that are still on their way cannot be counted
        assert page.locator("#results tbody tr").count() in (shown, shown + 1, shown + 2)  # the log grows by looking
    page.press(field, "Enter")
    expect(page.locator("#results .empty")).to_be_visible()
    if "?" in path:
        assert path.partition("?")[2] in page.url


@pytest.mark.parametrize("scripts", [True, False])
def test_a_search_that_was_sent_is_shown_in_the_other_language(
    site: Site, sign_in: Callable[[str], Page], scripts: bool
) -> None:
    page = sign_in("recruiter")
    opened(site, page, "/candidates", scripts)
    page.fill("#name", "Trần")
    page.press("#name", "Enter")
    expect(page.locator("#results .row-link")).to_have_text(["Trần Thị Linh"])
    page.locator(".language-switch button").click()
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    expect(page.locator("#results .row-link")).to_have_text(["Trần Thị Linh"])
    expect(page).to_have_url(re.compile(r"/candidates\?name=~"))


def test_on_a_phone_typed_words_are_in_sight(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    page.set_viewport_size({"width": 390, "height": 844})
    opened(site, page, "/candidates", scripts=False)
    page.locator("#search .filters-fold > summary").click()
    page.fill("#name", "Aung")
    page.locator(".language-switch button").click()
    expect(page.locator("#name")).to_be_visible()
    expect(page.locator("#name")).to_have_value("Aung")


def test_enter_sends_a_form_whose_language_could_not_be_changed(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("administrator")
    opened(site, page, "/accounts", scripts=True)
    page.route("**/language*", lambda route: route.fulfill(status=204))
    row = page.locator("tbody tr", has_text="ken@")
    row.locator("summary", has_text="Suspend").click()
    reason = row.locator("input[name=reason]")
    reason.fill("Away")
    page.locator(".language-switch button").click()
    reason.press("Enter")
    expect(row).to_contain_text("Away")
    row.get_by_role("button", name="Reactivate").click()
    expect(row.get_by_role("button", name="Reactivate")).to_have_count(0)
