"""From nothing to the first opened candidate, by the pages and real mail alone, and then it is suspended.

Mori brings Kitagawa Foods on board, in Japanese until the agreement and in English from then on; compliance screens and
countersigns, the signatory and the first recruiter come by the links in their mail.
"""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import asyncpg
import pytest
from playwright.sync_api import Browser, Page, expect

from portal.language.zone import JAPAN
from portal.notify import worker
from tests.agreements.templates import write_template
from tests.browser.site import Site
from tests.database import finish
from tests.links import answers_to
from tests.notify.mailserver import MailServer, serving

COMPANY = {
    "country": "JP", "corporate_number": "7123456789012", "name": "北川食品株式会社", "name_latin": "Kitagawa Foods",
    "address": "大阪府大阪市北区1-1", "representative": "北川花子", "industry": "manufacturing",
}  # fmt: skip
SIGNATORY, RECRUITER = "hanako@kitagawa.example", "ren@kitagawa.example"
PASSWORD = "nine quiet herons reading"
ITEMS = ["name", "background", "qualifications", "japanese_level", "residence_status", "email", "telephone"]


@pytest.fixture
def mail(site: Site) -> Iterator[MailServer]:
    """A mail server, and the worker that sends to it."""
    with serving(MailServer()) as server, _working(site, server):
        yield server


@contextmanager
def _working(site: Site, server: MailServer) -> Iterator[None]:
    changes = {"smtp_url": server.url, "smtp_tls": "none", "base_url": site.address}
    settings, url = site.portal.settings.model_copy(update=changes), site.database.url("portal_worker")
    loop, stopping = asyncio.new_event_loop(), asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(worker.work(url, settings, stopping)))
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(30)
        loop.close()


def words_to(server: MailServer, address: str, number: int) -> str:
    """The text of the mail to somebody with this number, once it has come."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        theirs = [one for one, to in zip(server.taken, server.recipients, strict=False) if to == address]
        if len(theirs) >= number:
            body = theirs[number - 1].get_body(("plain",))
            assert body is not None
            text: str = body.get_content()
            return text
        time.sleep(0.05)
    raise AssertionError(f"mail {number} to {address} did not come")


def fill(page: Page, **fields: str | list[str]) -> None:
    """Fill in the fields of the page's form."""
    for name, value in fields.items():
        at = page.locator(f'main [name="{name}"]')
        kind = at.first.evaluate("one => one.type")
        if kind in ("checkbox", "radio"):
            for one in [value] if isinstance(value, str) else value:
                page.locator(f'main [name="{name}"][value="{one}"]').check()
        elif kind == "select-one":
            at.select_option(value)
        else:
            assert isinstance(value, str)
            at.first.fill(value)


def press(page: Page, ending: str) -> None:
    """Press the button of the form that is sent to an address with this ending."""
    page.locator(f'main form[action$="{ending}"] button[type=submit]').first.click()


def follow(page: Page, ending: str) -> None:
    """Follow the link to an address with this ending."""
    page.locator(f'main a[href$="{ending}"]').first.click()


def visiting(browser: Browser, site: Site, role: str | None, language: str = "en-GB") -> Page:
    """A browser of somebody's own; signed in where a role is said."""
    context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
    if role:
        secret = finish(site.new_session(role))
        context.add_cookies([{"name": "portal", "value": secret, "url": site.address}])
    return context.new_page()


async def template(site: Site) -> None:
    """Compliance has a template: drafted by one and approved by another."""
    owner = await asyncpg.connect(site.database.url("portal_owner"))
    try:
        world = site.portal.world
        drafter, approver = world.account("etsuko", "compliance"), world.account("fuji", "compliance")
        await world.write(owner)
        await write_template(owner, drafter, approver)
    finally:
        await owner.close()


def test_a_company_is_brought_on_board_and_suspended(site: Site, browser: Browser, mail: MailServer) -> None:
    finish(template(site))
    mori, sato = visiting(browser, site, "account_manager"), visiting(browser, site, "compliance")
    company = created_and_approved(site, mori, sato)
    agreed(site, browser, mori, sato, company, mail)
    ren = invited(browser, mori, company, mail)
    introduced(site, mori, sato, company)

    ren.goto(f"{site.address}/candidates")
    ren.locator("a.row-link").first.click()
    expect(ren.locator("h1")).to_contain_text("Mai")
    mori.goto(f"{company}/suspend")
    fill(mori, reason="Asked for by its representative")
    press(mori, "/suspend")
    expect(mori.get_by_text("its people are signed out")).to_be_visible()
    ren.reload()
    expect(ren).to_have_url(re.compile("/sign-in"))
    assert "Mai" not in ren.content()


def created_and_approved(site: Site, mori: Page, sato: Page) -> str:
    """Made, with a position, and approved; the address of its page."""
    mori.goto(f"{site.address}/companies")
    mori.locator(".language-switch button").click()
    expect(mori.locator("html")).to_have_attribute("lang", "ja")
    follow(mori, "/companies/new")
    fill(mori, **COMPANY)
    press(mori, "/companies/new")
    expect(mori.locator("h1")).to_have_text(COMPANY["name"])
    company = mori.url
    follow(mori, "/openings/new")
    fill(mori, title="調理スタッフ", title_latin="Cook", description="調理")
    press(mori, "/openings/new")
    expect(mori).to_have_url(company)
    follow(mori, "/send-to-screening")
    fill(mori, reason="代表者から申し込みがあった")
    press(mori, "/send-to-screening")
    expect(mori).to_have_url(company)
    sato.goto(f"{site.address}/screenings")
    sato.get_by_role("link", name="Kitagawa Foods").click()
    fill(sato, outcome="approved", note="Found in the register")
    press(sato, company.removeprefix(f"{site.address}/companies"))
    expect(sato.get_by_text("The company is approved.")).to_be_visible()
    return company


def agreed(site: Site, browser: Browser, mori: Page, sato: Page, company: str, mail: MailServer) -> None:
    """Drafted, sent, signed by its signatory, countersigned; and the company is active."""
    today = datetime.now(JAPAN).date()
    follow(mori, "/agreements/new")
    fill(
        mori, items=ITEMS, purposes=["selection", "contact"], begins=today.isoformat(),
        ends=(today + timedelta(days=300)).isoformat(), signatory_name="北川花子", signatory_title="代表取締役",
        signatory_email=SIGNATORY, signatory_authority="商業登記簿の代表者",
        mail_checked="yes",
    )  # fmt: skip
    mori.locator(".language-switch button").click()
    expect(mori.locator("html")).to_have_attribute("lang", "en")
    assert mori.locator('[name="signatory_email"]').input_value() == SIGNATORY, "what was typed came along"
    press(mori, "/agreements/new")
    press(mori, "/send")
    expect(mori).to_have_url(company)
    expect(mori.get_by_text("A link is on its way to the signatory.")).to_be_visible()

    hanako = visiting(browser, site, None, "ja-JP")
    opened(hanako, words_to(mail, SIGNATORY, 1))
    [code] = set(re.findall(r"\d{4} \d{4}", words_to(mail, SIGNATORY, 2)))
    fill(hanako, code=code)
    press(hanako, "/link/code")
    fill(hanako, name="北川花子", title="代表取締役", authorised="yes", declared="yes")
    press(hanako, "/sign")
    expect(hanako).to_have_url(re.compile("/sign/done"))

    sato.goto(f"{site.address}/countersign")
    sato.get_by_role("link", name="Kitagawa Foods").click()
    press(sato, sato.url.removeprefix(site.address))
    expect(sato.get_by_text("is signed by both")).to_be_visible()
    mori.goto(f"{company}/activate")
    fill(mori, reason="Everything is there")
    press(mori, "/activate")
    expect(mori.get_by_text("The company is active")).to_be_visible()


def opened(page: Page, words: str) -> None:
    """Open the link of a mail."""
    page.goto(re.findall(r"http://localhost:\d+/link\?lang=\w\w#[\w-]{43}", words)[0])
    press(page, "/link")


def invited(browser: Browser, mori: Page, company: str, mail: MailServer) -> Page:
    """Ren, who chose a password by the link, signed in and accepted the undertaking."""
    mori.goto(company)
    follow(mori, "/people/new")
    fill(mori, display_name="Ren", email=RECRUITER, role="recruiter", locale="en")
    press(mori, "/people/new")
    ren = browser.new_context(locale="en-GB").new_page()
    opened(ren, words_to(mail, RECRUITER, 1))
    fill(ren, new=PASSWORD, again=PASSWORD)
    press(ren, "/link/password")
    fill(ren, email=RECRUITER, password=PASSWORD)
    press(ren, "/sign-in")
    ren.goto(f"{company.partition('/companies')[0]}/agreement")
    asked = ren.locator("#undertaking ~ form legend").all_inner_texts()
    fill(ren, promise="yes", **answers_to(asked))
    press(ren, "/agreement/undertaking")
    expect(ren.get_by_text("Your undertaking is recorded.")).to_be_visible()
    return ren


def introduced(site: Site, mori: Page, sato: Page, company: str) -> None:
    """Mai consents on paper, which compliance records, and is put forward."""
    person = site.people["mai"].candidate.id
    sato.goto(f"{site.address}/people/{person}/consents/new")
    notice = sato.locator('[name="notice"] option').nth(1).get_attribute("value")
    given = datetime.now(JAPAN) - timedelta(hours=1)
    fill(
        sato, company=company.rpartition("/")[2], notice=notice or "", items=ITEMS, purposes=["selection", "contact"],
        given_at=f"{given:%Y-%m-%dT%H:%M}", channel="paper", note="Folder 12",
    )  # fmt: skip
    press(sato, "/consents/new")
    expect(sato.get_by_text("The consent is recorded.")).to_be_visible()
    mori.goto(company)
    follow(mori, "/candidates")
    fill(mori, candidates=str(person))
    press(mori, "/candidates")
    expect(mori.get_by_text("Put forward: 1.")).to_be_visible()
