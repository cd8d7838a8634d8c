"""What tests of pages share: an app on a test's own database, a browser, and people who sign in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from litestar import Litestar
from litestar.types import ControllerRouterHandler

from portal.accounts.passwords import Parameters, proof
from portal.app import furnish, routed
from portal.database.pool import pool
from portal.settings import Settings
from portal.web.handlers import routes as web_routes
from tests.database import Database

HOST = "http://localhost:8000"
PASSWORD = "seven purple herons argue"
SALT = b"0123456789abcdef"
# Weak on purpose: tests sign in often, and the costs are stored with each credential.
QUICK = Parameters(time_cost=1, memory_kib=8, parallelism=1)
IDLE: dict[tuple[int, ...], list[Litestar]] = {}  # by their routes; reading those takes longer than most tests


def settings_for(database: Database | None, **changes: object) -> Settings:
    """Settings as `portal serve` gets them."""
    url = database.url("portal_web") if database else "postgresql://portal_web@/nowhere?host=/nowhere"
    values: dict[str, Any] = {"base_url": HOST, "database_url": url, "log_level": "error", **changes}
    return Settings(**values)


@asynccontextmanager
async def browser(app: Litestar, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the running app, with cookies; it does not follow redirects by itself.

    Opens the pool alone and not the app's whole lifespan, which starts processes that make PDFs.
    """
    settings: Settings = app.state.settings
    async with pool(settings.database_url or "", settings.pool_size), visitor(app, **options) as client:
        yield client
    if app not in (idle := app.state.get("idle", [])):
        idle.append(app)


@asynccontextmanager
async def visitor(
    app: Litestar, base_url: str = HOST, peer: str = "127.0.0.1", **options: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """One more browser at an app that runs already, with cookies of its own."""
    transport = httpx.ASGITransport(app=app, client=(peer, 4711))  # type: ignore[arg-type]  # Litestar's ASGI types are its own
    async with httpx.AsyncClient(transport=transport, base_url=base_url, **options) as client:
        yield client


def kit_app(database: Database | None, *routes: ControllerRouterHandler, **changes: object) -> Litestar:
    """The kit around these routes and its own."""
    settings = settings_for(database, **changes)
    idle = IDLE.setdefault(tuple(map(id, routes)), [])
    app = furnish(idle.pop() if idle else routed([*web_routes, *routes]), settings)
    app.state.idle = idle
    return app


def csrf_token(page: str) -> str:
    """The token in a page's first form."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, "the page has no form"
    return found[1]


async def post(client: httpx.AsyncClient, path: str, **fields: str) -> httpx.Response:
    """Send a form as a person would, with a token from the language form of a page that anyone can open."""
    token = csrf_token((await client.get("/sign-in")).text) if "csrf_token" not in fields else ""
    return await client.post(path, data={"csrf_token": token, **fields})


@dataclass(frozen=True)
class Person:
    """Someone with an account."""

    id: UUID
    email: str
    role: str
    company: UUID | None


@asynccontextmanager
async def as_owner(database: Database) -> AsyncIterator[asyncpg.Connection]:
    """A connection as portal_owner, closed again at once, for tests that make many people."""
    connection = await asyncpg.connect(database.url("portal_owner"))
    try:
        yield connection
    finally:
        await connection.close()


async def make_company(database: Database, name: str = "Aoba Foods") -> UUID:
    """An active company without an agreement."""
    async with as_owner(database) as owner:
        company: UUID = await owner.fetchval(
            "insert into portal.company (reference, name, country, status)"
            " values (gen_random_uuid()::text, $1, 'JP', 'active') returning id",
            name,
        )
    return company


async def make_person(
    database: Database, role: str, email: str, company: UUID | None = None, locale: str = "en", name: str = "Alice"
) -> Person:
    """An account whose password is PASSWORD."""
    async with as_owner(database) as owner:
        account: UUID = await owner.fetchval(
            "insert into portal.account (email, display_name, role, company_id, locale)"
            " values ($1, $2, $3, $4, $5) returning id",
            email, name, role, company, locale,
        )  # fmt: skip
        await owner.execute(
            "insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash)"
            " values ($1, $2, $3, $4, $5, sha256($6))",
            account, SALT, QUICK.time_cost, QUICK.memory_kib, QUICK.parallelism, proof(PASSWORD, SALT, QUICK),
        )  # fmt: skip
    return Person(account, email, role, company)


async def sign_in(client: httpx.AsyncClient, person: Person, password: str = PASSWORD) -> httpx.Response:
    """Sign in through the form; the client keeps the session."""
    return await post(client, "/sign-in", email=person.email, password=password)
