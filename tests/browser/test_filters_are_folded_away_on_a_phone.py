"""On a phone a list begins high up, its filters folded away, and says how many are set; on a desk they stand open."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.looking import let_no_script_arrive, violations
from tests.browser.site import Site

PHONE: ViewportSize = {"width": 390, "height": 844}
LISTS = [
    ("recruiter", "/candidates"), ("account_manager", "/companies"), ("account_manager", "/introductions"),
    ("compliance", "/log"), ("administrator", "/accounts"),
]  # fmt: skip
TOP = """() => document.querySelector("#results tbody tr").getBoundingClientRect().top"""


def opened(site: Site, page: Page, path: str, scripts: bool) -> None:
    """A list, with scripts or without."""
    if not scripts:
        let_no_script_arrive(page)
    page.goto(site.address + path)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("role", "path"), LISTS)
def test_the_first_row_stands_in_the_upper_half(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], role: str, path: str, language: str
) -> None:
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    page = sign_in(role)
    page.set_viewport_size(PHONE)
    page.goto(site.address + path)
    assert page.evaluate(TOP) <= 320
    for filters in page.locator("#search .filters").all():  # the log has more of them, in a fold of their own
        expect(filters).not_to_be_visible()
    expect(page.locator("#filters-set")).to_have_text("")


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("role", "path"), LISTS)
def test_on_a_desk_they_stand_open(
    site: Site, sign_in: Callable[[str], Page], role: str, path: str, scripts: bool
) -> None:
    page = sign_in(role)
    opened(site, page, path, scripts)
    expect(page.locator("#search .primary")).to_be_visible()
    expect(page.locator("#search .filters-fold > summary")).not_to_be_visible()
    assert "Search" in page.locator("#search").aria_snapshot()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_search_on_a_phone_folds_them_away_again_and_says_how_many_are_set(
    site: Site, sign_in: Callable[[str], Page], scripts: bool
) -> None:
    page = sign_in("recruiter")
    page.set_viewport_size(PHONE)
    opened(site, page, "/candidates", scripts)
    page.locator("#search .filters-fold > summary").click()
    page.fill("#name", "Trần")
    page.select_option("#stage", "active")
    page.locator("#search .primary").click()
    expect(page.locator("#results .row-link")).to_have_text(["Trần Thị Linh"])
    expect(page.locator("#search .filters")).not_to_be_visible()
    expect(page.locator("#filters-set")).to_have_text("2 set")
    expect(page).to_have_url(re.compile("stage=active"))
    assert violations(page) == []
    page.locator("#search .filters-fold > summary").click()
    expect(page.locator("#name")).to_have_value("Trần")


def test_what_is_wrong_in_a_filter_keeps_them_open(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("compliance")
    page.set_viewport_size(PHONE)
    opened(site, page, "/log", scripts=False)
    page.locator("#search .filters-fold > summary").click()
    page.fill("#since", "2026-03-02")
    page.fill("#until", "2026-03-01")
    page.locator("#search .primary").click()
    expect(page.locator("#until-error")).to_be_visible()
