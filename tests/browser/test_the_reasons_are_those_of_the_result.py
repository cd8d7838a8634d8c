"""P8: a reason belongs to a result. The list says to which, and offers the chosen one's alone, script or not."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.selection.reasons import REASONS
from tests.browser.site import Site
from tests.database import finish


@pytest.mark.parametrize("scripts", [False, True])
def test_only_the_reasons_of_the_chosen_result_are_offered(site: Site, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="en-GB")
    context.add_cookies([{"name": "portal", "value": finish(site.new_session("recruiter")), "url": site.address}])
    page = context.new_page()
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").click()
    groups = page.locator("#reason optgroup")
    assert groups.evaluate_all("all => all.map(one => one.label)") == ["Hired", "Not hired", "Withdrawn"]
    for group in groups.all():
        expect(group).to_have_css("display", "block")
    for result, reasons in REASONS.items():
        page.check(f"input[name=result][value={result}]")
        for group in groups.all():
            own = group.get_attribute("data-group") == result
            expect(group).to_have_css("display", "block" if own else "none")
        page.select_option("#reason", reasons[-1])
        own_group = page.locator(f"#reason optgroup[data-group={result}] option")
        assert own_group.evaluate_all("all => all.map(one => one.value)") == list(reasons)
    context.close()


def test_a_result_that_is_changed_takes_its_reason_along(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("recruiter")
    page.goto(site.address + site.people["linh"].page)
    page.locator("#outcome summary").click()
    page.check("input[name=result][value=not_hired]")
    page.select_option("#reason", "position_filled")
    page.check("input[name=result][value=hired]")
    expect(page.locator("#reason")).to_have_value("offer_accepted")  # the only one there is
    page.check("input[name=result][value=withdrawn]")
    expect(page.locator("#reason")).to_have_value("")
    page.select_option("#reason", "candidate_declined")
    page.fill("#note", "Told us by telephone")
    page.check("input[name=result][value=withdrawn]")
    expect(page.locator("#reason")).to_have_value("candidate_declined")
