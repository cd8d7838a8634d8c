"""P8: a reason belongs to a result. The form offers the chosen one's alone, and takes one click for both."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.selection.reasons import REASONS
from tests.browser.site import Site
from tests.database import finish

CHOSEN = "input[name=reason]:checked"


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"label:has(input[name={name}][value={value}])").click()


@pytest.mark.parametrize("scripts", [False, True])
def test_only_the_reasons_of_the_chosen_result_are_offered(site: Site, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    context.add_cookies([{"name": "portal", "value": finish(site.new_session("recruiter")), "url": site.address}])
    page = context.new_page()
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").click()
    for result, reasons in REASONS.items():
        group = page.locator(f".reasons[data-of={result}]")
        expect(group).to_be_visible()
        assert group.locator("input").evaluate_all("all => all.map(one => one.value)") == list(reasons)
    for result in REASONS:
        choose(page, "result", result)
        for other in REASONS:
            expect(page.locator(f".reasons[data-of={other}]")).to_be_visible(visible=other == result)
    context.close()


def test_a_result_that_is_changed_takes_its_reason_along(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").click()
    choose(page, "reason", "position_filled")
    expect(page.locator("input[name=result]:checked")).to_have_value("not_hired")  # a reason says its result
    choose(page, "result", "hired")
    expect(page.locator(CHOSEN)).to_have_value("offer_accepted")  # the only one there is
    choose(page, "result", "withdrawn")
    expect(page.locator(CHOSEN)).to_have_count(0)
    choose(page, "reason", "candidate_declined")
    page.fill("#note", "Told us by telephone")
    choose(page, "result", "withdrawn")
    expect(page.locator(CHOSEN)).to_have_value("candidate_declined")


@pytest.mark.parametrize("scripts", [False, True])
def test_one_is_decided_in_four_clicks(site: Site, browser: Browser, scripts: bool) -> None:
    """Outcome, reason, go on, record; from the list: the box, Decide, reason, record. Neither records here."""
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    context.add_cookies([{"name": "portal", "value": finish(site.new_session("recruiter")), "url": site.address}])
    page = context.new_page()
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").click()
    choose(page, "reason", "position_filled")
    page.get_by_role("button", name="Continue: what will close").click()
    expect(page.get_by_role("button", name="Record “Not hired”")).to_be_visible()
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").click()
    choose(page, "result", "hired")
    page.get_by_role("button", name="Continue: what will close").click()
    expect(page.get_by_role("button", name="Record “Hired”")).to_be_visible()
    page.goto(f"{site.address}/candidates")
    page.locator(f"input[name=chosen][value^='{site.people['linh'].introduction.id}']").check()
    page.get_by_role("button", name="Decide").click()
    choose(page, "every", "'hired.offer_accepted'")
    expect(page.get_by_role("button", name="Record the result of 1 candidate")).to_be_visible()
    context.close()
