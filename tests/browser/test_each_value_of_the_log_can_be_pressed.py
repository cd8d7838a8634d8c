"""In the log a row leads to its entry, and each value in it to all entries of it: a press finds the one meant."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.site import Site

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# What can be pressed on its own, and lies beneath something else.
COVERED = """() => [...document.querySelectorAll("#results :is(tbody .only, .parts > summary)")].filter((one) => {
    one.scrollIntoView({block: "center"});
    const {left, top} = one.getClientRects()[0];
    return !one.contains(document.elementFromPoint(left + 4, top + 4));
}).map((one) => one.textContent)"""


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_nothing_lies_over_a_value(site: Site, sign_in: Callable[[str], Page], size: ViewportSize) -> None:
    page = sign_in("compliance")
    page.set_viewport_size(size)
    page.goto(f"{site.address}/log")
    expect(page.locator("#results tbody .only")).not_to_have_count(0)
    assert page.evaluate(COVERED) == []
    page.locator("#results tbody .only").filter(has_text="Permitted").first.click()
    expect(page).to_have_url(f"{site.address}/log?decision=permitted")
    page.locator("#results tbody tr").first.click(position={"x": size["width"] / 2, "y": 3})
    expect(page.locator("h1")).to_have_text("Log entry")
