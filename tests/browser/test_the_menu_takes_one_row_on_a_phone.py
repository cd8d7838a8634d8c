"""On a phone the menu takes one row, and says where one is; on a desk each of its entries is in view, in one row."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import violations
from tests.browser.site import Site

HEIGHT = """() => document.querySelector("nav.sections").getBoundingClientRect().height"""
MASTHEAD = HEIGHT.replace("nav.sections", ".masthead")
PAGES = [("recruiter", "/candidates"), ("account_manager", "/companies"), ("compliance", "/log")]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_it_takes_one_row(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], role: str, path: str, language: str
) -> None:
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    page = sign_in(role)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address + path)
    assert page.evaluate(HEIGHT) <= 50
    for width in (768, 1024, 1140, 1200, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(MASTHEAD) <= 50, width
    for link in page.locator("nav.sections a").all():
        expect(link).to_be_visible()
    expect(page.locator("nav.sections summary")).not_to_be_visible()


def test_what_is_folded_is_opened_by_a_press_and_leads_on(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("compliance")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.address + "/log")
    expect(page.locator("nav.sections summary")).to_contain_text("Access log")
    expect(page.locator("nav.sections a").last).not_to_be_visible()
    page.locator("nav.sections summary").press("Enter")
    assert violations(page) == []
    page.get_by_role("link", name="Templates").click()
    expect(page).to_have_url(site.address + "/agreement-templates")
