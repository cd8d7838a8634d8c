"""Full-width letters sign in as what they stand for: the browser does not object before we can read them."""

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.client import PASSWORD

WIDE = {ord(" "): 0x3000, **{code: code + 0xFEE0 for code in range(0x21, 0x7F)}}


def test_full_width_letters_and_blanks_sign_in(site: Site, page: Page) -> None:
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("E-mail address").fill(f" {site.cast.hana.email} ".translate(WIDE))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site.address}/home")
