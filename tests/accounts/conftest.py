"""The app with the account pages, and people to sign in."""

from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar

from portal.accounts.handlers import routes
from tests.database import Database
from tests.web.support import Person, browser, kit_app, make_company, make_person


@pytest.fixture
async def app(database: Database) -> Litestar:
    return kit_app(database, *routes)


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app, headers={"Accept-Language": "en"}) as made:
        yield made


@pytest.fixture
async def alice(database: Database) -> Person:
    """A recruiter."""
    return await make_person(database, "recruiter", "Alice@aoba.example", await make_company(database))


@pytest.fixture
async def root(database: Database) -> Person:
    """An administrator."""
    return await make_person(database, "administrator", "root@shokai.example", name="Root")
