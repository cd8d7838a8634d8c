"""An account to write to, the outbox it waits in, and the worker that sends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from portal.notify import worker
from portal.settings import Settings
from tests.client import settings_for
from tests.database import Database
from tests.facts import Account
from tests.notify.mailserver import MailServer, serving
from tests.world import World

PATIENCE = 60.0
Working = Callable[..., AbstractAsyncContextManager[None]]


@dataclass
class Outbox:
    """The database's outbox, seen as its owner."""

    owner: asyncpg.Connection
    world: World

    async def account(self, name: str, **values: Any) -> Account:
        """One more administrator."""
        made = self.world.account(name, "administrator", **values)
        await self.world.write(self.owner)
        return made

    async def put(self, account: Account, kind: str = "password_changed") -> UUID:
        """A mail to them, as a function of the gate writes it."""
        made: UUID = await self.owner.fetchval("select gate.put_mail($1, $2)", kind, account.id)
        return made

    async def mail(self, mail: UUID) -> asyncpg.Record:
        """How it stands."""
        return await self.owner.fetchrow("select * from portal.mail where id = $1", mail)

    async def jobs(self) -> list[asyncpg.Record]:
        """What waits in the queue, or is being done."""
        found: list[asyncpg.Record] = await self.owner.fetch("select * from jobs.pgqueuer order by id")
        return found

    async def until(self, mail: UUID, **values: object) -> asyncpg.Record:
        """Wait until its columns have these values."""
        async with asyncio.timeout(PATIENCE):
            while True:
                row = await self.mail(mail)
                if all(row[name] == value for name, value in values.items()):
                    return row
                await asyncio.sleep(0.05)

    async def idle(self) -> None:
        """Wait until the queue holds nothing. It keeps a job for a moment after that was done, and takes no second one
        for the same mail so long; a mail left waiting by that gets its job within a minute (`gate.keep_outbox`)."""
        async with asyncio.timeout(PATIENCE):
            while await self.jobs():  # noqa: ASYNC110 - the queue notifies nobody
                await asyncio.sleep(0.05)

    async def taken(self, server: MailServer, number: int) -> None:
        """Wait until the mail server has said yes so often."""
        async with asyncio.timeout(PATIENCE):
            while len(server.taken) < number:  # noqa: ASYNC110 - the server is another thread's
                await asyncio.sleep(0.01)

    async def at_once(self) -> None:
        """Let the pause before the next try be over."""
        await self.owner.execute("update jobs.pgqueuer set execute_after = now() - interval '1 second'")


@pytest.fixture
async def outbox(database: Database) -> Outbox:
    return Outbox(await database.connect("portal_owner"), World(datetime.now(UTC)))


@pytest.fixture
def server() -> AsyncIterator[MailServer]:  # type: ignore[misc]  # pytest takes a generator for its value
    with serving(MailServer()) as running:
        yield running


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """No mail server."""
    return settings_for(database, tmp_path)


@pytest.fixture
def working(database: Database, settings: Settings) -> Working:
    """`async with working(smtp_url=...)`: the worker's part that sends, beside the test."""

    @asynccontextmanager
    async def run(**changes: object) -> AsyncIterator[None]:
        stopping = asyncio.Event()
        changed = settings.model_copy(update={"smtp_tls": "none", **changes})
        task = asyncio.create_task(worker.work(database.url("portal_worker"), changed, stopping))
        try:
            yield
        finally:
            stopping.set()
            await task

    return run
