"""At 320 pixels, which is a desk's page at 400 %, what a filter stands at can be read whole."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site

# What a select needs for the word it stands at, against what it has.
CUT = """
() => [...document.querySelectorAll("#search select")].filter((one) => {
    const alone = one.cloneNode(false);
    alone.append(one.selectedOptions[0].cloneNode(true));
    alone.style.cssText = "position: absolute; width: max-content;";
    one.parentNode.append(alone);
    const needed = alone.offsetWidth;
    alone.remove();
    return needed > one.offsetWidth;
}).map((one) => one.name)
"""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_filters_of_the_list(
    site: Site, context: BrowserContext, sign_in: Callable[[str], Page], language: str
) -> None:
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    page = sign_in("recruiter")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{site.address}/candidates")
    page.locator(".filters-fold > summary").click()
    page.locator(".filters-more > summary").click()
    for one in page.locator("#search select").all():
        expect(one).to_be_visible()
    assert page.evaluate(CUT) == []
