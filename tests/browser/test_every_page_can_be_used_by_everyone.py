"""Every kind of page, in both languages: axe clean in light and dark, fits a phone, nothing in the console."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.looking import broken_tables, kept_in_the_browser, too_wide, violations, watch
from tests.browser.site import PAGES, Site

MACHINE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\S*|\S*\+00:00")


def opened(site: Site, context: BrowserContext, sign_in: Callable[[str], Page], role: str, language: str) -> Page:
    """A browser page of someone of this role, who reads this language."""
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    return context.new_page() if role == "nobody" else sign_in(role)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_is_clean(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], role: str, path: str, language: str
) -> None:
    page = opened(site, context, sign_in, role, language)
    noticed = watch(page, site.address)
    page.goto(site.address_of(path))
    assert page.locator("html").get_attribute("lang") == language
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    if language == "en":  # colours and the order of boxes are the same in both languages, so each is judged in one
        found["dark"] = violations(page, "color-contrast")
    page.set_viewport_size({"width": 769, "height": 900})
    found["wider than 769"] = too_wide(page)
    page.set_viewport_size({"width": 390, "height": 844})
    if language == "ja":
        found["phone"] = violations(page)
    found["tables on a phone"] = broken_tables(page)
    page.set_viewport_size({"width": 360, "height": 740})
    found |= {"wider than 360": too_wide(page), "errors": noticed.errors, "elsewhere": noticed.elsewhere}
    found["times that are not Japan's"] = MACHINE_TIME.findall(page.locator("body").inner_text())
    assert {what: lines for what, lines in found.items() if lines} == {}, f"{role} {path}"
    assert kept_in_the_browser(page) == {}
