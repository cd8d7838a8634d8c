"""Every GET route of the table, for each role that it shows a page, in both languages: no fault in its markup.

So is the page that comes back from each form that was sent empty, or is to be shown again. What is no page, and what is
byte for byte the page that does not exist, the matrix tells.
"""

import itertools
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from portal.language.i18n import PORTAL_LANGUAGES
from portal.web.markers import access_of
from tests.agreements.signatures import link_session, sent, to_be_signed
from tests.client import Browser, running
from tests.database import Database
from tests.markup.valid import problems
from tests.matrix.expected import ROLES, expected
from tests.matrix.requests import Answers, Cell, ask, filled
from tests.matrix.stage import Stage
from tests.routes import routes

pytestmark = pytest.mark.asyncio(loop_scope="module")
EXPECTED = expected()
PAGES = frozenset({"name", "code", "page", "422", "named", "coded", "kept", "held"})  # the matrix's words for them
NO_PAGES = frozenset({"/static/{path:path}", "/healthz", "/readyz"})
STATES = ("live", "closed")  # a candidate to decide on, and one who is decided
SIGNED = ("/sign", "/sign/decline")  # by whoever signs an agreement
OTHERS = ("/account/password", "/link", "/link/code", "/link/password")  # forms that are neither kept nor shown again


def addresses() -> list[str]:
    """The routes that show pages, as the matrix names them."""
    found = {path for path, handler in routes() if "GET" in getattr(handler, "http_methods", ())}
    return [f"GET {path}" for path in sorted(found - NO_PAGES)]


def forms() -> list[str]:
    """The addresses of forms that come back when something is wrong with them."""
    posts = [(path, access_of(one)) for path, one in routes() if "POST" in getattr(one, "http_methods", ())]
    return sorted(path for path, access in posts if access and (access.keeps or access.reshown or path in OTHERS))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(module_database: Database) -> AsyncIterator[Stage]:
    """The world of the matrix, with everybody signed in."""
    async with running(module_database) as portal:
        made = Stage(portal)
        await made.set()
        yield made


def is_shown(route: str, role: str, state: str) -> bool:
    """Whether the matrix says that the role is shown a page of the route's own."""
    return EXPECTED[route][role, "own", state] in PAGES


def speak(stage: Stage, language: str) -> None:
    """Have every browser ask for pages in this language."""
    for browser in stage.browsers.values():
        browser.http.cookies.set("lang", language, domain="localhost.local")


def faults(answer: httpx.Response, language: str) -> list[str]:
    """What is wrong with a page."""
    assert answer.headers["content-type"].startswith("text/html")
    wrong = [] if f'<html lang="{language}"' in answer.text else [f"it is not in {language}"]
    return wrong + problems(answer.text)


@pytest.mark.parametrize("route", addresses())
async def test_a_page_is_valid(stage: Stage, route: str) -> None:
    wrong = {}
    for language in PORTAL_LANGUAGES:
        speak(stage, language)
        answers = Answers()
        for role, state in itertools.product(ROLES, STATES):
            if is_shown(route, role, state):
                cell = Cell(stage, role, "own", state, stage.targets["own", state])
                if found := faults(await ask(route, cell, answers), language):
                    wrong[f"{role}, {state}, {language}"] = found
    assert wrong == {}


async def test_the_page_that_does_not_exist_is_valid(stage: Stage) -> None:
    wrong = {}
    for language in PORTAL_LANGUAGES:
        speak(stage, language)
        for role in ROLES:
            answer = await stage.browsers[role].raw("GET", "/nothing-of-that-name")
            assert answer.status_code == 404
            if found := faults(answer, language):
                wrong[f"{role}, {language}"] = found
    assert wrong == {}


async def signatory(stage: Stage) -> Browser:
    """Whoever is to sign an agreement, with its link open and the code entered: none of the matrix's roles."""
    agreement = await to_be_signed(stage.portal, stage.portal.world.company())
    await sent(stage.portal.owner, agreement)
    browser = stage.portal.browser()
    secret = await link_session(stage.portal.owner, agreement)
    browser.http.cookies.set("portal", secret, domain="localhost.local")
    return browser


async def test_the_page_on_which_an_agreement_is_signed_is_valid(stage: Stage) -> None:
    browser = await signatory(stage)
    for language in PORTAL_LANGUAGES:
        browser.http.cookies.set("lang", language, domain="localhost.local")
        answer = await browser.raw("GET", "/sign")
        assert (answer.status_code, faults(answer, language)) == (200, [])


@pytest.mark.parametrize("fields", [{}, {"only_show": "yes"}], ids=["empty", "shown again"])
@pytest.mark.parametrize("path", forms())
async def test_a_form_that_comes_back_is_valid(stage: Stage, path: str, fields: dict[str, str]) -> None:
    speak(stage, "ja")
    wrong, seen = {}, 0
    cells = [Cell(stage, role, "own", "live", stage.targets["own", "live"]) for role in ROLES]
    senders = {one.role: one.browser for one in cells if EXPECTED[f"POST {path}"][one.role, "own", "live"] != "404"}
    if path in SIGNED:
        senders = {"signatory": await signatory(stage)}
    for role, browser in senders.items():
        cell = next((one for one in cells if one.role == role), cells[0])
        answer = await browser.post(await filled(path, cell), **fields)
        if answer.headers.get("content-type", "").startswith("text/html"):
            seen += 1
            if found := problems(answer.text):
                wrong[f"{role}, {answer.status_code}"] = found
    assert seen
    assert wrong == {}
