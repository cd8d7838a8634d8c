"""P1: every route, every role, own and other company, every state of consent: each cell answers as written down."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from tests.client import running
from tests.database import Database
from tests.matrix.expected import ROLES, SIDES, STATES, expected
from tests.matrix.requests import Answers, Cell, ask
from tests.matrix.stage import Stage, Target
from tests.routes import routes

pytestmark = pytest.mark.asyncio(loop_scope="module")
EXPECTED = expected()
VARYING = frozenset({"x-request-id", "set-cookie"})


def routes_of_the_app() -> set[str]:
    """Every route that the app answers, as "METHOD path"."""
    return {
        f"{method} {path}"
        for path, handler in routes()
        for method in getattr(handler, "http_methods", {"GET"}) - {"HEAD"}
    }


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(module_database: Database) -> AsyncIterator[Stage]:
    """The world, with everybody signed in."""
    async with running(module_database) as portal:
        made = Stage(portal)
        await made.set()
        yield made


async def test_every_route_of_the_app_stands_in_the_table_and_no_other() -> None:
    assert routes_of_the_app() == set(EXPECTED)


async def test_no_cell_is_left_out() -> None:
    cells = {(role, side, state) for role in ROLES for side in SIDES for state in STATES}
    assert all(set(row) == cells for row in EXPECTED.values())


@pytest.mark.parametrize("route", EXPECTED)
async def test_p1_each_cell_answers_as_the_table_says(stage: Stage, route: str) -> None:
    wrong, answers = [], Answers()
    for (role, side, state), word in EXPECTED[route].items():
        cell = Cell(stage, role, side, state, stage.targets[side, state])
        answer = await ask(route, cell, answers)
        found = word_for(answer, cell.target, stage.missing[role])
        if found != word:
            wrong.append(f"{role}, {side} company, {state}: {found} instead of {word}")
    assert not wrong, "\n".join([route, *wrong])


async def test_p1_a_404_tells_nothing_in_its_headers_either(stage: Stage) -> None:
    browser = stage.browsers["recruiter"]
    addresses = ["/nothing", *(f"/candidates/{one.introduction.id}" for one in stage.targets.values())]
    answers = [await browser.raw("GET", address) for address in addresses]
    refused = [one for one in answers if one.status_code == 404]
    assert len(refused) == 9
    heads = {tuple((k, v) for k, v in one.headers.items() if k not in VARYING) for one in refused}
    assert len(heads) == 1


def word_for(answer: httpx.Response, target: Target, missing: bytes) -> str:
    """The word of `expected.py` for an answer; of a wrong one a description."""
    status, location = answer.status_code, answer.headers.get("location", "")
    if status == 303:
        if location.startswith("/account/password"):
            return "own"
        if location.startswith("/link?over"):
            return "over"
        if location == "/link/code":
            return "enter"
        return "in" if location.startswith("/sign-in") and "signed_out" not in location else "303"
    if status == 404:
        return "404" if answer.content == missing else "a 404 that differs"
    if not answer.headers["content-type"].startswith("text/html"):
        return "file" if status == 200 else f"a file with status {status}"
    return _page_word(status, answer.text, target)


def _page_word(status: int, text: str, target: Target) -> str:
    for word, asked_by in (("kept", "/sign-in"), ("held", "/account/password")):
        if status == 403 and 'name="kept"' in text and f'action="{asked_by}"' in text:
            return "403 with something personal" if target.leaks_into(text) or target.is_named_in(text) else word
    words = {200: ("name", "code", "page"), 422: ("named", "coded", "422")}
    named, coded, silent = words.get(status, (f"{status} with a name", f"{status} with a code", str(status)))
    if target.is_named_in(text):
        return named
    if target.leaks_into(text):
        return f"{status} with something personal"
    return coded if target.introduction.code in text else silent
