"""Hana works through candidates by single keys, which are letters in a field, and which she can switch off."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import watch
from tests.browser.site import Site

STANDS = ".stages [aria-current=step]"


def press(page: Page, key: str) -> None:
    """Press it once the page's scripts are there."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def test_keys_lead_on_open_move_and_decide(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    noticed = watch(page, site.address)
    page.goto(f"{site.address}/candidates?stage=active")
    links = page.locator("#results .row-link")
    press(page, "j")
    expect(links.nth(0)).to_be_focused()
    press(page, "j")
    expect(links.nth(1)).to_be_focused()
    press(page, "k")
    expect(links.nth(0)).to_be_focused()
    first = links.nth(0).inner_text()
    press(page, "2")
    expect(page.get_by_role("status").first).to_contain_text("Moved: 1.")
    expect(page.locator(":focus")).to_have_text(first)
    press(page, "Enter")
    expect(page.locator("h1")).to_have_text(first)
    expect(page.locator(STANDS)).to_have_text("Screening")
    press(page, "1")
    expect(page.locator(STANDS)).to_have_text("Introduced")
    assert "stage=active" in page.url
    press(page, "j")
    expect(page.locator("h1")).not_to_have_text(first)
    press(page, "k")
    expect(page.locator("h1")).to_have_text(first)
    press(page, "?")
    expect(page.locator("#keys")).to_be_visible()
    press(page, "Escape")
    press(page, "5")
    expect(page.locator("#outcome input[name=result], #outcome summary").first).to_be_focused()
    assert (noticed.errors, noticed.elsewhere) == ([], [])


def test_a_key_is_a_letter_in_a_field_and_nothing_once_switched_off(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    page.goto(f"{site.address}/candidates")
    page.locator("[name=name]").focus()
    page.keyboard.type("j2?")
    expect(page.locator("[name=name]")).to_have_value("j2?")
    expect(page.locator("#keys")).to_be_hidden()
    page.goto(f"{site.address}/account")
    page.get_by_role("button", name="Switch the keys off").click()
    expect(page.get_by_role("status").first).to_contain_text("The keys are off.")
    page.goto(f"{site.address}/candidates")
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert page.evaluate("document.activeElement === document.body && !document.getElementById('keys')")
    page.goto(f"{site.address}/account")
    page.get_by_role("button", name="Switch the keys on").click()
    expect(page.get_by_role("button", name="Switch the keys off")).to_be_visible()


@pytest.mark.whole_browser  # which has a viewer for PDF
def test_a_resume_is_read_in_place_by_two_clicks_and_the_outcome_unfolds(
    site: Site, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("recruiter")
    page.goto(f"{site.address}/candidates")
    noticed = watch(page, site.address)
    page.get_by_role("link", name=site.people["linh"].name).click()
    page.wait_for_load_state()
    with page.expect_response(lambda answer: "resume.pdf" in answer.url) as read:
        page.locator(".jump").get_by_role("link", name="Resume").click()
    assert read.value.status == 200
    page.locator(".jump a[href$='#outcome']").click()
    expect(page.locator("#outcome input[name=result]").first).to_be_visible()
    assert noticed.errors == []
