"""Hana signs in, searches, opens, shows contact details and records an outcome without a mouse."""

from playwright.sync_api import Page, expect

from tests.browser.looking import kept_in_the_browser, watch
from tests.browser.site import Site
from tests.client import PASSWORD

FOCUSED = """() => { const e = document.activeElement || {};
    return e.id + '|' + (e.name || '') + '|' + e.innerText; }"""
VISIBLE = """() => [null, '::before', '::after'].some(part => {
    const s = getComputedStyle(document.activeElement, part);
    return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none'; })"""


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """Press Tab until what has the focus says `wanted`; its focus can be seen."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if wanted in page.evaluate(FOCUSED):
            assert page.evaluate(VISIBLE), f"the focus on {wanted} cannot be seen"
            return
    raise AssertionError(f"Tab never reaches {wanted!r}")


def test_from_sign_in_to_outcome(site: Site, page: Page) -> None:
    noticed = watch(page, site.address)
    mai = site.people["mai"]
    page.goto(f"{site.address}/candidates")
    tab_to(page, "email|")
    page.keyboard.type(site.cast.hana.email)
    tab_to(page, "password|")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}/candidates")

    tab_to(page, "name|")
    page.keyboard.type("mai le")
    page.keyboard.press("Enter")
    expect(page.locator("#results .row-link")).to_have_count(1)
    tab_to(page, "Mai")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(mai.name)

    tab_to(page, "Show contact details")
    page.keyboard.press("Enter")
    expect(page.locator("#contact")).to_contain_text(str(mai.candidate.items["email"]))
    expect(page.locator("#contact-title")).to_be_focused()  # which htmx does a moment after it is there

    tab_to(page, "Record the outcome")
    page.keyboard.press("Enter")
    tab_to(page, "result|")
    page.keyboard.press("ArrowDown")
    tab_to(page, "reason|")
    page.keyboard.press("Space")
    tab_to(page, "Continue: what will close")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Record the outcome of")
    tab_to(page, "Record “")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("Skills or experience do not match")
    assert noticed.errors == []
    assert noticed.elsewhere == []
    assert kept_in_the_browser(page) == {}


def test_the_first_tab_leads_past_the_navigation(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/sign-in")
    page.keyboard.press("Tab")
    assert "Skip to content" in page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
