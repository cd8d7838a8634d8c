"""An import into a real database, with a store and keys of its own."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from portal.intake.writing.run import Report, run_import
from portal.resume import pool
from portal.settings import Settings, load_settings
from tests.client import LAUNCHER
from tests.database import Database

Import = Callable[..., Awaitable[Report]]


class Lent:
    """The tests' launcher, for whoever would start one; it goes on when they end it."""

    launch = staticmethod(LAUNCHER.launch)

    def end(self) -> None:
        """Nothing: the next test needs it."""


@pytest.fixture(autouse=True)
def lent_launcher(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands and the demo render with the tests' launcher: starting one takes longer than most imports."""
    monkeypatch.setattr(pool, "Launcher", Lent)


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    """Settings of a portal whose home is the test's own, as the owner sees it."""
    made = load_settings(home=tmp_path / "home")
    return made.model_copy(update={"database_url": database.url("portal_owner")})


@pytest.fixture
def importing(settings: Settings) -> Import:
    """`await importing(folder, dry_run=...)`."""

    async def run(folder: Path, *, dry_run: bool = False) -> Report:
        return await run_import(settings, folder, dry_run=dry_run, launcher=LAUNCHER)

    return run


@pytest.fixture
async def owner(database: Database) -> asyncpg.Connection:
    """A connection as portal_owner."""
    return await database.connect("portal_owner")


@pytest.fixture
async def database_rows(database: Database) -> asyncpg.Connection:
    """A connection that looks behind the scenes."""
    return await database.connect("postgres")
