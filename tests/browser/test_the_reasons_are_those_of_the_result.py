"""P8: a reason belongs to a result. The list says to which, and offers the chosen one's alone, script or not."""

import pytest
from playwright.sync_api import Browser, expect

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
            own = group.get_attribute("data-result") == result
            expect(group).to_have_css("display", "block" if own else "none")
        own_group = page.locator(f"#reason optgroup[data-result={result}] option")
        assert own_group.evaluate_all("all => all.map(one => one.value)") == list(reasons)
    context.close()
