"""Real Chromium at a really served portal. One server and one world for all browser tests."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from portal.operate.cluster import Cluster
from portal.operate.system import BROWSERS, WINDOWLESS
from tests.browser.site import Site, build
from tests.database import copy_of, finish
from tests.serving import served

# Who signs agreements for the operator.
OPERATOR = {"OPERATOR_ADDRESS": "1 Shokai Street, Tokyo", "OPERATOR_REPRESENTATIVE": "Olga Operator"}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # One site is looked at, by pages that live for seconds: fewer processes, and nothing compiled for a long run.
    "--renderer-process-limit=1", "--disable-site-isolation-trials", "--in-process-gpu",
    "--js-flags=--no-opt --no-maglev",
]  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """Tests that need all of Chromium say so."""
    config.addinivalue_line("markers", "whole_browser: in the whole program, which has windows, viewers and settings")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those come first: one process has them then, and it alone starts the whole program."""
    items.sort(key=lambda one: one.get_closest_marker("whole_browser") is None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's own Chromium, told to call nobody; without windows where the system has it so."""
    return {**browser_type_launch_args, "executable_path": _program(WINDOWLESS, *BROWSERS), "args": FLAGS}


@pytest.fixture(scope="session")
def windowless(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """What renders a page is the same program's as in the whole one."""
    browser = launch_browser()
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def whole(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Chromium as people have it."""
    browser = launch_browser(executable_path=_program(*BROWSERS))
    yield browser
    browser.close()


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """The browser of a test."""
    all_of_it = request.node.get_closest_marker("whole_browser") is not None
    chosen: Browser = request.getfixturevalue("whole" if all_of_it else "windowless")
    return chosen


@pytest.fixture(scope="session")
def desks() -> dict[Browser, BrowserContext]:
    """Where the tests open their pages. One page stays open, and keeps the process that all of them are shown by."""
    return {}


@pytest.fixture
def context(
    browser: Browser, desks: dict[Browser, BrowserContext], browser_context_args: dict[str, Any]
) -> Iterator[BrowserContext]:
    """A desk at which nobody is signed in and nothing is kept but the files of the portal itself."""
    if browser not in desks:
        desks[browser] = browser.new_context(**browser_context_args)
        desks[browser].new_page()
    desk = desks[browser]
    yield desk
    stays, *opened = desk.pages
    for page in opened:
        page.close()
    desk.clear_cookies()
    clearing = desk.new_cdp_session(stays)
    clearing.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
    clearing.detach()


def _program(*names: str) -> str:
    """The first of these browsers that is there."""
    program = os.environ.get("PORTAL_TEST_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert program, "the browser tests need Chromium: apt-get install chromium"
    return program


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """An English reader at a desk; tests say otherwise where it matters."""
    return {**browser_context_args, "locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def site(cluster: Cluster, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server and who is in its world."""
    home: Path = tmp_path_factory.mktemp("served")
    with copy_of(template, cluster) as database, served(database, home, **OPERATOR) as server:
        yield finish(build(database, home, server.address))


@pytest.fixture
def sign_in(site: Site, context: BrowserContext) -> Callable[[str], Page]:
    """Opens a page in which someone of this role is signed in, by a sign-in of its own."""

    def open_page(role: str) -> Page:
        secret = finish(site.new_session(role))
        context.add_cookies([{"name": "portal", "value": secret, "url": site.address}])
        return context.new_page()

    return open_page
