"""P9: what stands after the # of a personal link reaches no server, no history and no next page's referrer."""

from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.looking import kept_in_the_browser
from tests.browser.site import Site
from tests.database import finish

NEW = "eleven tired otters knitting"


def noting(page: Page, noted: list[str]) -> None:
    """Every address and referrer that the browser sends."""

    def note(request: Request) -> None:
        noted.append(request.url + " " + (request.headers.get("referer") or ""))

    page.on("request", note)


def test_p9_the_secret_leaves_the_address_before_anything_is_sent(site: Site, context: BrowserContext) -> None:
    secret = finish(site.new_link(site.yui))
    page, sent = context.new_page(), list[str]()
    noting(page, sent)
    page.goto(f"{site.address}/link?lang=en#{secret}")
    expect(page).to_have_url(f"{site.address}/link?lang=en")
    expect(page.get_by_label("The address in the mail")).to_be_hidden()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Choose your password")
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password once more").fill(NEW)
    page.get_by_label("Language of the pages").select_option("en")
    page.get_by_role("button", name="Choose the password").click()
    expect(page.get_by_text("Your password is chosen")).to_be_visible()
    # The browser itself reports an address with its #, which it does not send.
    assert not [one for one in sent[1:] if secret in one]
    page.go_back()
    page.go_back()
    assert secret not in page.url
    assert secret not in page.content()
    assert kept_in_the_browser(page) == {}


def test_a_second_link_opened_on_the_same_page_is_taken_too(site: Site, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{site.address}/link?lang=en#{'x' * 43}")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("no longer valid")).to_be_visible()
    secret = finish(site.new_link(site.yui))
    page.evaluate(f"location.hash = '{secret}'")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Choose your password")


def test_without_javascript_the_address_is_pasted(site: Site, browser: Browser) -> None:
    secret = finish(site.new_link(site.yui))
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    address = f"{site.address}/link?lang=en#{secret}"
    page.goto(address)
    page.get_by_label("The address in the mail").fill(address)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("h1")).to_have_text("Choose your password")
    context.close()
