"""P9, P3: after signing out neither the back button nor the cache shows anyone, and nothing personal is kept."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import kept_in_the_browser, watch
from tests.browser.site import Site
from tests.database import finish

pytestmark = pytest.mark.whole_browser  # what a browser keeps is decided by all of it


def test_p9_the_back_button_after_signing_out_shows_nobody(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    linh = site.people["linh"]
    page.goto(f"{site.address}/candidates")
    page.goto(site.address + linh.page)
    expect(page.locator("h1")).to_have_text(linh.name)
    page.locator(".account-button").click()
    page.locator("#account-menu form[action='/sign-out'] button").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    for _step in range(2):
        page.go_back()
        assert linh.name not in page.content()
        assert linh.introduction.code not in page.content()
    assert kept_in_the_browser(page) == {}


def test_the_resume_is_read_inside_the_page(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    linh = site.people["linh"]
    noticed = watch(page, site.address)
    page.goto(site.address + linh.page)
    with page.expect_response(lambda answer: "resume.pdf" in answer.url) as answered:
        page.locator(".jump").get_by_role("link", name="Resume").click()
    assert answered.value.status == 200
    assert answered.value.headers["content-type"] == "application/pdf"
    assert page.url == f"{site.address}{linh.page}/resume"
    page.go_back()  # past the file in its frame, which is no page
    expect(page).to_have_url(site.address + linh.page)
    assert noticed.errors == []


def test_p9_a_search_by_name_leaves_nothing_to_read_in_the_address(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    page.goto(f"{site.address}/candidates")
    page.fill("#name", "tran")
    page.keyboard.press("Enter")
    expect(page.locator("#results .row-link")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/candidates\?name=~[\w-]{100,}$"))
    remembered = page.evaluate("() => JSON.stringify(history.state || '')")
    assert "tran" not in remembered.replace(page.url, "").lower()


def test_without_javascript_the_job_is_done_by_links_and_forms(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    context.add_cookies([{"name": "portal", "value": finish(site.new_session("recruiter")), "url": site.address}])
    page, linh = context.new_page(), site.people["linh"]
    page.goto(f"{site.address}/candidates")
    page.fill("#name", "tran")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results .row-link")).to_have_count(1)
    page.locator("#results .row-link").click()
    expect(page.locator("h1")).to_have_text(linh.name)
    page.get_by_role("button", name="Show contact details").click()
    expect(page.locator("#contact")).to_contain_text(str(linh.candidate.items["email"]))
    context.close()
