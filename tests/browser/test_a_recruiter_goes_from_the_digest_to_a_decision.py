"""From a digest's link to a decision that stands: read, compared, judged, moved, decided, taken back and decided anew.

After each step every old address, tab and download gives what the rule says: all, contact alone, or nothing.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import asyncpg
from playwright.sync_api import BrowserContext, Page, expect

from portal.notify import worker
from tests.browser.looking import Noticed, kept_in_the_browser, watch
from tests.browser.site import Site
from tests.client import PASSWORD
from tests.database import finish
from tests.disclosure.test_digest import morning
from tests.facts import HOUR, MINUTE, Account, Candidate, Introduction
from tests.journeys.cast import AUNG, HAO, LINH, items
from tests.notify.mailserver import MailServer, serving
from tests.papers import store_document

NOTE = "Explains machines well; 機械に強い"
CRITERIA = "insert into portal.criteria (opening_id, company_id, version, codes, set_by) values ($1, $2, 1, $3, $4)"
DECIDED = "update personal.outcome set recorded_at = now() - $2::interval where introduction_id = $1"
SHEET = "resume.pdf?form=ja&calendar=era"


@dataclass
class Told:
    """Who recruits at a company of their own, whom they are introduced, and the mail that says so."""

    nagi: Account
    people: list[Candidate]
    introductions: list[Introduction]
    document: str
    mail: EmailMessage

    @property
    def first(self) -> str:
        """The page of the candidate who is decided on."""
        return f"/candidates/{self.introductions[0].id}"

    @property
    def tabs(self) -> dict[str, str]:
        """Every address at which something of the first stands, by what it is."""
        both = "&".join(f"chosen={one.id}" for one in self.introductions[:2])
        return {
            "page": self.first, "resume": f"{self.first}/resume", "scorecards": f"{self.first}/scorecards",
            "read": f"{self.first}/{SHEET}", "saved": f"{self.first}/{SHEET}&save=yes",
            "original": f"{self.first}/documents/{self.document}",
            "original saved": f"{self.first}/documents/{self.document}?save=yes",
            "printed": f"/candidates/print?chosen={self.introductions[0].id}",
            "compared": f"/candidates/compare?{both}",
        }  # fmt: skip


async def told(site: Site, language: str) -> Told:
    """Three candidates since the recruiter was last here, and what a real mail server was given the next morning."""
    world, owner = site.portal.world, await asyncpg.connect(site.database.url("portal_owner"))
    company = world.company(f"sumi-{language}", name=f"Sumi Works {language}")
    nagi = world.account("nagi", "recruiter", company, display_name="Nagi", locale=language)
    world.undertaking(world.agreement(company), nagi)
    world.password(nagi, PASSWORD)
    world.session(nagi, last_seen_at=world.now - 2 * HOUR, expires_at=world.now - HOUR)
    people = [
        world.candidate(f"{language}-{one['latin']}", items=items(one, str(one["latin"]))) for one in (LINH, AUNG, HAO)
    ]
    for person in people:
        world.consent(person, company)
    document = await store_document(site.portal, people[0], "resume_original")
    introductions = [
        world.introduction(person, company, introduced_at=world.now - (place + 1) * MINUTE)
        for place, person in enumerate(people)
    ]
    await world.write(owner)
    await owner.execute("update portal.account set notices = 'daily' where id = $1", nagi.id)
    await owner.execute(CRITERIA, introductions[0].opening.id, company.id, ["skills", "japanese"], nagi.id)
    with serving(MailServer()) as server:
        await handed_over(site, server)
    await owner.close()
    [mail] = [one for one in server.taken if one["To"] == nagi.email]
    return Told(nagi, people, introductions, str(document.id), mail)


async def handed_over(site: Site, server: MailServer) -> None:
    """The worker sends the digests of the next working morning."""
    post = await asyncpg.connect(site.database.url("portal_worker"))
    assert await post.fetchval("select gate.send_digests('{}', $1)", morning()) == 1
    await post.close()
    settings = site.portal.settings.model_copy(
        update={"base_url": site.address, "smtp_url": server.url, "smtp_tls": "none"}
    )
    stopping = asyncio.Event()
    working = asyncio.create_task(worker.work(site.database.url("portal_worker"), settings, stopping))
    async with asyncio.timeout(60):
        while not server.taken:  # noqa: ASYNC110 - the server is another thread's
            await asyncio.sleep(0.02)
    stopping.set()
    await working


async def clock_moves(site: Site, of: Introduction, ago: timedelta) -> None:
    """Let time pass: the decision was recorded so long ago."""
    owner = await asyncpg.connect(site.database.url("portal_owner"))
    await owner.execute(DECIDED, of.id, ago)
    await owner.close()


def answers(site: Site, page: Page, told: Told) -> dict[str, int]:
    """What each old address answers to this browser now."""
    return {what: page.request.get(site.address + path, max_redirects=0).status for what, path in told.tabs.items()}


def decide(page: Page, note: str) -> None:
    """Record that the position went to another, through the page that says what closes."""
    page.locator("#outcome summary").first.click()
    page.check("input[name=result][value=not_hired]")
    page.check("input[name=reason][value=position_filled]")
    page.fill("#note", note)
    page.locator("#outcome form[action$='/outcome'] button").click()
    expect(page.locator("#closes")).to_be_visible()
    page.locator("form[action$='/outcome'] button.primary").click()
    expect(page.locator("#outcome")).to_contain_text(note)


def at_home(site: Site, context: BrowserContext, page: Page, language: str) -> tuple[Told, Noticed]:
    """The recruiter came by the link of a digest in this language, which names nobody, and signed in."""
    context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
    found = finish(told(site, language))
    names = (str(one.items["name"]["display"]) for one in found.people)
    html = found.mail.get_body(("html",))
    assert html is not None
    written = html.get_content()
    assert [word for word in (*names, *(one.code for one in found.introductions)) if word in written] == []

    page.set_content(written)
    page.locator("a").first.click()
    noticed = watch(page, site.address)
    page.fill("#email", found.nagi.email)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.address}/home")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("section[aria-labelledby=happened] li .code")).to_have_text(
        [one.code for one in found.introductions]
    )
    return found, noticed


def test_a_digest_in_english_leads_to_an_english_home(site: Site, context: BrowserContext, page: Page) -> None:
    """What is done from there on is done by addresses and values, which are the same in both languages."""
    _found, noticed = at_home(site, context, page, "en")
    assert (noticed.errors, noticed.elsewhere) == ([], [])


def test_from_the_digest_to_a_decision_that_stands(site: Site, context: BrowserContext, page: Page) -> None:
    found, noticed = at_home(site, context, page, "ja")
    linh, aung, hao = (str(one.items["name"]["display"]) for one in found.people)
    page.locator("header a[href='/board']").click()
    page.locator(".board .row-link", has_text=linh).click()
    page.locator(".jump a[href*='/resume']").click()
    expect(page.locator("iframe")).to_have_count(1)
    page.go_back()
    page.go_back()
    for name in (linh, aung):
        page.locator(".board li", has_text=name).locator("input[name=chosen]").check()
    page.locator("#move button[formaction='/candidates/compare']").click()
    expect(page.locator(".compared").first).to_contain_text("qualification of Tran")
    page.locator(".compared").first.get_by_role("link", name=linh).click()
    page.locator(".jump a[href*='/scorecards']").click()
    page.check("input[name=skills][value='4']")
    page.check("input[name=recommendation][value=strongly]")
    page.fill("#note", NOTE)
    page.locator("form[action$='/scorecards'] button.primary").click()
    expect(page.locator(".judged")).to_contain_text(NOTE)
    page.locator(".stages button[value=interview]").click()
    expect(page.locator(".stages button[value=interview]")).to_have_count(0)
    open_ones = dict.fromkeys(found.tabs, 200)
    assert answers(site, page, found) == open_ones

    left = context.new_page()  # a tab that was opened before the decision
    left.goto(f"{site.address}{found.first}/resume")
    page.goto(site.address + found.first)
    decide(page, "First")
    nothing = dict.fromkeys(found.tabs, 404)
    closed = {**nothing, "page": 200, "resume": 303, "scorecards": 303, "compared": 200}  # both tabs lead to the page
    assert answers(site, page, found) == closed
    left.locator("a[href*='save=yes']").first.click()
    expect(left.locator("h1")).not_to_contain_text(linh)
    page.goto(site.address + found.tabs["compared"])
    expect(page.locator(".compared").first).to_contain_text("qualification of Aung Kyaw")
    expect(page.locator("main")).not_to_contain_text("qualification of Tran")  # the name serves contact as well

    page.goto(site.address + found.first)
    assert NOTE not in page.locator("main").inner_text()
    page.locator("form[action$='/take-back'] button").click()
    expect(page.locator("#outcome input[name=result]").first).to_be_attached()
    expect(page.locator(".stages button[value=interview]")).to_have_count(0)
    assert answers(site, page, found) == open_ones

    decide(page, "For good")
    left.goto(site.address + found.first)
    finish(clock_moves(site, found.introductions[0], 6 * MINUTE))
    left.locator("form[action$='/take-back'] button").click()
    expect(left.locator("form[action$='/take-back']")).to_have_count(0)
    expect(left.locator("#outcome")).to_contain_text("For good")
    assert answers(site, page, found) == closed
    finish(clock_moves(site, found.introductions[0], timedelta(days=31)))
    assert answers(site, page, found) == {**nothing, "compared": 200}
    page.goto(f"{site.address}/candidates")
    expect(page.locator("#results .row-link")).to_have_text([aung, hao])
    assert kept_in_the_browser(page) == {}
    assert (noticed.errors, noticed.elsewhere) == ([], [])
