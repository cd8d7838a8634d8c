"""A company is looked for by name: what is called so is suggested below the field, and the list follows."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.looking import watch
from tests.browser.site import Site


def test_what_is_typed_is_suggested_and_the_list_follows(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("account_manager")
    noticed = watch(page, site.address)
    page.goto(f"{site.address}/introductions")
    field = page.get_by_label("Company")
    field.press_sequentially("aob")
    suggested = page.locator("datalist option")
    expect(suggested).to_have_count(1)
    label = suggested.get_attribute("value") or ""
    assert label.startswith("Aoba Foods (")
    with page.expect_response(lambda answer: "/introductions?company=" in answer.url):
        field.fill(label)
        field.press("Tab")
    expect(page).to_have_url(f"{site.address}/introductions?company={site.cast.aoba.id}")
    expect(page.locator("#results tbody tr")).not_to_have_count(0)
    assert (noticed.errors, noticed.elsewhere) == ([], [])


def test_an_account_is_given_its_company_by_name(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("administrator")
    page.goto(f"{site.address}/accounts/new")
    field = page.get_by_label("Company")
    field.press_sequentially("kita s")  # other tests bring in a Kitagawa
    expect(page.locator("datalist option")).to_have_count(1)
    page.get_by_label("Name").fill("Rin")
    page.get_by_label("E-mail address").fill("nobody")
    page.get_by_label("Role").select_option("recruiter")
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_label("Company")).to_have_value(re.compile(r"^Kita Steel \("))
    expect(page.get_by_text("Please enter an e-mail address such as")).not_to_have_count(0)


def test_the_company_of_a_consent_and_who_did_what_are_suggested(site: Site, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("compliance")
    person = site.people["linh"].candidate.id
    for path, label, typed in (
        (f"/people/{person}/consents/new", "Company", "Aoba Foods"),
        ("/log", "Who", site.cast.hana.email),
    ):
        page.goto(f"{site.address}{path}")
        field = page.get_by_label(label, exact=True)
        field.press_sequentially(typed[:4].lower())
        suggested = page.locator(f"#{field.get_attribute('id')}-called option")
        expect(suggested.filter(has=page.locator(f'xpath=self::*[contains(@value, "{typed}")]'))).to_have_count(1)
