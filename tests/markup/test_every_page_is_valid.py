"""Every GET route of the app's own table, for every role that it answers, in both languages: markup without a fault.

So is the page that comes back from each form that was sent empty, or is to be shown again.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from portal.language.i18n import PORTAL_LANGUAGES
from portal.web.markers import access_of
from tests.client import running
from tests.database import Database
from tests.markup.valid import problems
from tests.matrix.expected import ROLES
from tests.matrix.requests import Answers, Cell, ask, filled
from tests.matrix.stage import Stage
from tests.routes import routes

pytestmark = pytest.mark.asyncio(loop_scope="module")
NO_PAGES = frozenset({"/static/{path:path}", "/healthz", "/readyz"})
STATES = ("live", "closed")  # a candidate to decide on, and one who is decided
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


@pytest.mark.parametrize("language", PORTAL_LANGUAGES)
@pytest.mark.parametrize("route", addresses())
async def test_a_page_is_valid(stage: Stage, route: str, language: str) -> None:
    wrong, seen, led, answers = {}, 0, set(), Answers()
    for role in ROLES:
        stage.browsers[role].http.cookies.set("lang", language, domain="localhost.local")
        for state in STATES:
            answer = await ask(route, Cell(stage, role, "own", state, stage.targets["own", state]), answers)
            if not answer.headers.get("content-type", "").startswith("text/html"):
                led.add(answer.status_code)
                continue
            seen += 1
            assert f'<html lang="{language}"' in answer.text
            if found := problems(answer.text):
                wrong[f"{role}, {state}, {answer.status_code}"] = found
    assert seen or led == {303}, "it shows no page to anybody"
    assert wrong == {}


@pytest.mark.parametrize("fields", [{}, {"only_show": "yes"}], ids=["empty", "shown again"])
@pytest.mark.parametrize("path", forms())
async def test_a_form_that_comes_back_is_valid(stage: Stage, path: str, fields: dict[str, str]) -> None:
    wrong, seen = {}, 0
    for role in ROLES:
        cell = Cell(stage, role, "own", "live", stage.targets["own", "live"])
        answer = await cell.browser.post(await filled(path, cell), **fields)
        if answer.headers.get("content-type", "").startswith("text/html"):
            seen += 1
            if found := problems(answer.text):
                wrong[f"{role}, {answer.status_code}"] = found
    assert seen
    assert wrong == {}
