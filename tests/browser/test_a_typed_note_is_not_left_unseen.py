"""Whoever wrote a note and leaves the page without sending it is asked; nobody is asked otherwise."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.looking import watch
from tests.browser.site import Site

NOTE = "Kind and exact; ありがとう\nover two lines"


class Asked:
    """What the browser asked, each time answered: stay, or leave."""

    def __init__(self, page: Page) -> None:
        """Answer from now on; at first: stay."""
        self.kinds: list[str] = []
        self.leave = False
        page.on("dialog", self.answer)

    def answer(self, dialog: Dialog) -> None:
        """Note what kind it is."""
        self.kinds.append(dialog.type)
        if self.leave:
            dialog.accept()
        else:
            dialog.dismiss()


def at(page: Page, site: Site, name: str) -> Asked:
    """A candidate's page with the outcome's form open."""
    page.goto(site.address + site.people[name].page)
    page.locator("#outcome summary").first.click()
    return Asked(page)


@pytest.mark.parametrize("way", [".crumbs a", ".sections a >> nth=1"])
def test_a_note_is_asked_for_before_it_is_lost(site: Site, sign_in: Callable[[str], Page], way: str) -> None:
    page = sign_in("recruiter")
    asked, here = at(page, site, "linh"), page.url
    page.fill("#note", NOTE)
    with page.expect_event("dialog"):
        page.locator(way).click(no_wait_after=True)
    expect(page.locator("#note")).to_have_value(NOTE)
    assert (asked.kinds, page.url) == (["beforeunload"], here)
    asked.leave = True
    with page.expect_navigation():
        page.locator(way).click()
    assert asked.kinds == ["beforeunload"] * 2


def test_a_note_that_came_back_is_asked_for_too(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    asked = at(page, site, "linh")
    too_long = NOTE + "x" * 1_000
    page.check("input[name=result][value=not_hired]")
    page.check("input[name=reason][value=position_filled]")
    page.fill("#note", too_long)
    page.locator("#outcome form button").click()
    expect(page.locator("#outcome [role=alert]")).to_be_visible()
    assert asked.kinds == []
    page.locator(".crumbs a").click(no_wait_after=True)
    expect(page.locator("#note")).to_have_value(too_long)
    assert asked.kinds == ["beforeunload"]


@pytest.mark.whole_browser  # which hands addresses of mail and telephone on
def test_nobody_is_asked_who_changed_nothing_or_goes_nowhere(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    asked = at(page, site, "linh")
    page.get_by_role("button", name="Show contact details").click()
    page.locator("#outcome summary").first.click()
    page.locator(".crumbs a").click()
    page.fill("#name", "tran")
    page.locator(".sections a >> nth=1").click()
    page.goto(site.address + site.people["linh"].page)
    page.get_by_role("button", name="Show contact details").click()
    page.locator("#outcome summary").first.click()
    page.fill("#note", NOTE)
    page.locator("a[href^='mailto:']").click()
    page.locator("a[href^='tel:']").click()
    with page.expect_download():
        page.locator("a[href*='save=']").first.click()
    assert asked.kinds == []


@pytest.mark.parametrize("by_htmx", [False, True])
def test_nobody_is_asked_who_sent_it(site: Site, sign_in: Callable[[str], Page], by_htmx: bool) -> None:
    page = sign_in("recruiter")
    noticed = watch(page, site.address)
    asked = at(page, site, "aung")
    if by_htmx:
        page.evaluate(
            "() => { const form = document.querySelector('#outcome form');"
            " form.setAttribute('hx-post', form.action); htmx.process(form); }"
        )
    page.fill("#note", f"{NOTE} {by_htmx}")
    with page.expect_navigation():
        page.get_by_role("button", name="Record the correction").click()
    expect(page.locator("#outcome dl")).to_contain_text(f"over two lines {by_htmx}")
    page.locator("#outcome summary").first.click()
    page.get_by_role("button", name="Record the correction").click()
    expect(page.locator("#outcome [role=alert]")).to_contain_text("Nothing was changed")
    page.locator(".crumbs a").click()
    expect(page.locator("h1")).to_have_text("Candidates")
    assert (asked.kinds, noticed.elsewhere) == ([], [])
    assert [error for error in noticed.errors if "422" not in error] == []


def test_an_administrators_reason_is_asked_for(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("administrator")
    page.goto(f"{site.address}/accounts")
    asked = Asked(page)
    fold = page.locator("details", has=page.locator("form[action$='/suspend']")).first
    fold.locator("summary").click()
    fold.locator("input[name=reason]").fill("Left the company")
    page.locator(".heading a").click(no_wait_after=True)
    expect(fold.locator("input[name=reason]")).to_have_value("Left the company")
    assert asked.kinds == ["beforeunload"]
    asked.leave = True
    page.locator(".heading a").click()
    page.fill("#display_name", "Yui")
    page.locator(".crumbs a").click()
    expect(page.locator("h1")).to_have_text("Accounts")
    assert asked.kinds == ["beforeunload"] * 3


@pytest.mark.whole_browser
def test_a_note_that_back_brings_again_is_seen_and_asked_for(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    asked = at(page, site, "linh")
    page.fill("#note", NOTE)
    asked.leave = True
    page.locator(".crumbs a").click()
    expect(page.locator("h1")).to_have_text("Candidates")
    page.go_back()
    expect(page.locator("#note")).to_have_value(NOTE)
    expect(page.locator("#note")).to_be_visible()
    page.locator(".crumbs a").click()
    expect(page.locator("h1")).to_have_text("Candidates")
    assert asked.kinds == ["beforeunload"] * 2


def test_a_role_narrows_the_accounts_at_once_and_takes_no_reason_along(
    site: Site, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("administrator")
    page.goto(f"{site.address}/accounts")
    asked = Asked(page)
    page.fill("#q", "example")
    page.select_option("#role", "recruiter")
    names = page.locator("#results tbody b")
    expect(names.filter(has_text="Sato")).to_have_count(0)
    expect(names.filter(has_text="Hana")).to_have_count(1)
    expect(page).to_have_url(re.compile("/accounts[?]q=~.*role=recruiter"))
    assert asked.kinds == []
    fold = page.locator("details", has=page.locator("form[action$='/suspend']")).first
    fold.locator("summary").click()
    fold.locator("input[name=reason]").fill("Left the company")
    with page.expect_event("dialog"):
        page.select_option("#role", "compliance", no_wait_after=True)
    expect(fold.locator("input[name=reason]")).to_have_value("Left the company")
    assert asked.kinds == ["beforeunload"]
    asked.leave = True
    page.select_option("#role", "")
    expect(names.filter(has_text="Sato")).to_have_count(1)


def test_a_note_is_counted_while_it_is_typed_and_not_cut(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    at(page, site, "linh")
    counted = page.locator("#note-count")
    expect(counted).to_have_text("At most 1,000 characters.")
    page.fill("#note", "あ\n😀")
    expect(counted).to_have_text("3 / 1,000")
    expect(counted).not_to_have_class("hint field-error")
    page.fill("#note", "x" * 1_001)
    expect(page.locator("#note")).to_have_value("x" * 1_001)
    expect(counted).to_have_text("1,001 / 1,000")
    expect(counted).to_have_class("hint field-error")
