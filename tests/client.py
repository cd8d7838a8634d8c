"""People with browsers at the real application.

    async with running(database) as portal:              # one app over one database, as portal_web
        hana = portal.browser()
        await hana.get("/sign-in")
        page = await hana.submit("/sign-in", email="...", password="...")   # a form of the page before
        page = await hana.get(page.links("/candidates/")[0])
        assert page.title == "..."

    compliance = portal.browser(session)                 # signed in by a session that the world holds

`submit` sends only what the page's own form offers; `post` sends anything, as an attacker would.
The app is the one that is served, its start and stop included; only the socket is missing.
"""

import asyncio
import atexit
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from litestar import Litestar

from portal import logs
from portal.app import ROUTES, furnish, routed
from portal.database.viewer import new_secret
from portal.documents.sealing import MasterKeys
from portal.resume.launcher import Launcher
from portal.settings import Settings
from portal.web import csrf
from tests.database import Database
from tests.facts import Account, Introduction, Session
from tests.links import answers_to
from tests.page import Page
from tests.world import World

HOST = "http://localhost:8000"
PASSWORD = "seven purple herons argue"
APPS: list[Litestar] = []  # that no test runs now: reading the routes takes longer than most tests
LAUNCHER = Launcher()  # loading what sets type takes longer than most tests, so their apps share it
atexit.register(LAUNCHER.end)
REDIRECTS = frozenset({302, 303, 307})


class Browser:
    """One person's browser: cookies, the page being shown, and its forms."""

    def __init__(self, app: Litestar, peer: str, language: str, agent: str) -> None:
        """A new browser, nobody signed in."""
        transport = httpx.ASGITransport(app=app, client=(peer, 40000))  # type: ignore[arg-type]  # Litestar's ASGI types are its own
        headers = {"accept-language": language, "user-agent": agent}
        self.http = httpx.AsyncClient(transport=transport, base_url=HOST, headers=headers)
        self.page: Page | None = None

    @property
    def secret(self) -> str:
        """What CSRF tokens are bound to here; empty before the first page."""
        return self.http.cookies.get("portal") or self.http.cookies.get("visitor") or ""

    async def get(self, path: str, **headers: str) -> Page:
        """Open a page, following redirects."""
        return await self.see(await self.raw("GET", path, headers=headers))

    async def submit(self, action: str, /, **given: str) -> Page:
        """Send the form of the page being shown that goes to `action`, with these fields filled in."""
        assert self.page is not None, "open a page first"
        form = self.page.form(action)
        sent = form.filled(given)
        if form.method == "get":
            return await self.see(await self.http.get(action, params=sent))
        referring = {"origin": HOST, "sec-fetch-site": "same-origin"}
        return await self.see(await self.raw("POST", action, data=sent, headers=referring))

    async def decide(self, candidate: str, **given: str) -> Page:
        """Record an outcome on the candidate's page being shown, through the page that says what it closes."""
        await self.submit(f"{candidate}/outcome", **given)
        return await self.submit(f"{candidate}/outcome")

    async def undertake(self) -> Page:
        """Answer the questions of the page that shows the undertaking, all rightly, and accept it."""
        assert self.page is not None, "open /agreement first"
        answers = answers_to(self.page.texts("#undertaking ~ form legend"))
        return await self.submit("/agreement/undertaking", promise="yes", **answers)

    async def post(self, path: str, /, **fields: str | list[str]) -> httpx.Response:
        """Send any fields anywhere, with a right token: what someone does who edits a form."""
        return await self.raw("POST", path, data={csrf.FIELD: csrf.token(self.secret), **fields})

    async def raw(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request, one answer."""
        return await self.http.request(method, path, **options)

    async def see(self, answer: httpx.Response) -> Page:
        """Look at an answer, after the redirects it leads through."""
        for _hop in range(5):
            if answer.status_code not in REDIRECTS:
                break
            assert answer.next_request is not None
            answer = await self.http.send(answer.next_request)  # a 307 sends its form on, any other becomes a GET
        self.page = Page(answer)
        return self.page


@dataclass
class Portal:
    """The running app, its database, and the world in it."""

    app: Litestar
    database: Database
    settings: Settings
    owner: asyncpg.Connection
    world: World = field(default_factory=lambda: World(datetime.now(UTC)))

    def browser(
        self, session: Session | None = None, *, peer: str = "127.0.0.1", language: str = "en", agent: str = "tests"
    ) -> Browser:
        """A browser; with a session of the world it is signed in already."""
        made = Browser(self.app, peer, language, agent)
        if session is not None:
            made.http.cookies.set("portal", session.secret, domain="localhost.local")
        return made

    async def written(self) -> None:
        """Write what the world has gained."""
        await self.world.write(self.owner)

    async def signed_in(self, account: Account, **values: Any) -> Browser:
        """A browser in which this account is signed in, by a session of its own."""
        session = self.world.session(account, **{"secret": new_secret(), **values})
        await self.written()
        return self.browser(session)

    async def decided(self, introduction: Introduction, ago: timedelta) -> None:
        """Let time pass: the outcome of an introduction was recorded so long ago, its corrections a moment later."""
        await self.owner.execute(
            "update personal.outcome set recorded_at = now() - $2::interval"
            " + case when corrects is null then '0' else interval '1 second' end where introduction_id = $1",
            introduction.id, ago,
        )  # fmt: skip

    async def log(self, where: str = "true", *values: object) -> list[asyncpg.Record]:
        """Entries of the access log in the order they were written."""
        rows: list[asyncpg.Record] = await self.owner.fetch(
            f"select * from accesslog.entry where {where} order by recorded_at, id",
            *values,
        )
        return rows


def settings_for(database: Database, home: Path, **changes: object) -> Settings:
    """Settings as `portal serve` gets them, with a home of the test's own."""
    values: dict[str, Any] = {
        "home": home, "base_url": HOST, "database_url": database.url("portal_web"), "log_level": "error",
        "render_workers": 1, **changes,
    }  # fmt: skip
    return Settings(**values)


@asynccontextmanager
async def running(database: Database, **changes: object) -> AsyncIterator[Portal]:
    """The app over a database, from its start to its stop."""
    with tempfile.TemporaryDirectory(prefix="shokai-home-") as folder:
        settings = settings_for(database, Path(folder), **changes)
        MasterKeys.open(settings.master_key_folder)
        logs.configure(settings.log_format, settings.log_level)
        app = furnish(APPS.pop() if APPS else routed(ROUTES), settings, LAUNCHER)
        stop = asyncio.Event()
        life = await _started(app, stop)
        try:
            yield Portal(app, database, settings, await database.connect("portal_owner"))
        finally:
            stop.set()
            await life
            APPS.append(app)


async def _started(app: Litestar, stop: asyncio.Event) -> "asyncio.Task[None]":
    """Start the app in a task of its own, because it must be stopped in the one that started it."""
    started = asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    life = asyncio.create_task(live())
    waiting = asyncio.create_task(started.wait())
    await asyncio.wait({life, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if life.done():
        life.result()
    return life
