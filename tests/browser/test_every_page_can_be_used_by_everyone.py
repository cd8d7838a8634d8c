"""Every kind of page, in both languages: axe clean in light and dark, fits a phone, nothing in the console.

axe judges the desk's page in English and the phone's in Japanese: markup, colours and the order of boxes are the same
in both languages. What depends on how long words are, the size of what is pressed, it judges in both at a desk, too.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import Noticed, axe, broken_tables, kept_in_the_browser, too_wide, violations, watch
from tests.browser.site import PAGES, Site
from tests.database import finish

MACHINE_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\S*|\S*\+00:00")


Open = Callable[[str, str], tuple[Page, Noticed]]


@pytest.fixture(scope="module")
def opened(site: Site, windowless: Browser, browser_context_args: dict[str, Any]) -> Iterator[Open]:
    """Gives a browser page to someone of a role who reads a language, and what was noticed in it.

    It stays open from page to page, as it does at work. Who is signed in and what they read is in its cookies alone.
    """
    context = windowless.new_context(**browser_context_args)
    context.add_init_script(axe())  # read once by the browser, and not sent and read again with each page
    page = context.new_page()
    noticed = watch(page, site.address)
    secrets: dict[str, str] = {}

    def page_of(role: str, language: str) -> tuple[Page, Noticed]:
        context.clear_cookies()
        cookies = {"lang": language}
        if role != "nobody":
            if role not in secrets:
                secrets[role] = finish(site.new_session(role))
            cookies["portal"] = secrets[role]
        context.add_cookies([{"name": name, "value": value, "url": site.address} for name, value in cookies.items()])
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(browser_context_args["viewport"])
        noticed.forget()
        return page, noticed

    yield page_of
    context.close()


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(("role", "path"), PAGES)
def test_a_page_is_clean(site: Site, opened: Open, role: str, path: str, language: str) -> None:
    page, noticed = opened(role, language)
    site.open(page, path)
    assert page.evaluate("document.documentElement.lang") == language
    found = {"light": violations(page, *([] if language == "en" else ["target-size"]))}
    page.emulate_media(color_scheme="dark")
    if language == "en":
        found["dark"] = violations(page, "color-contrast")
    page.set_viewport_size({"width": 769, "height": 900})
    found["wider than 769"] = too_wide(page)
    page.set_viewport_size({"width": 360, "height": 740})  # as the style sheets say, what is so here is so on any phone
    if language == "ja":
        found["phone, dark"] = violations(page)
    found["tables on a phone"] = broken_tables(page)
    found |= {"wider than 360": too_wide(page), "errors": noticed.errors, "elsewhere": noticed.elsewhere}
    found["times that are not Japan's"] = MACHINE_TIME.findall(page.evaluate("document.body.innerText"))
    assert {what: lines for what, lines in found.items() if lines} == {}, f"{role} {path}"
    assert kept_in_the_browser(page) == {}
