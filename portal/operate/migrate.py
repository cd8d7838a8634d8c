"""Migrations, through Piccolo, as portal_owner: the tables step by step, and then the gate over them.

The gate is no step of its own. It depends on the tables as they are now. So it is taken away before any step, and built
whole from its files after the last one. It is built anew whenever the files say something else than the database.

All of one run are one transaction behind one lock: two migrators wait for each other, and both for an import, which
holds it too. A run that fails or is killed leaves the database as it was; one that has nothing to do waits for nobody.
"""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import click
from piccolo.apps.migrations.commands.backwards import run_backwards
from piccolo.apps.migrations.commands.base import BaseMigrationManager, MigrationResult
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration

from piccolo_conf import DB
from portal.disclosure import apply
from portal.migrations import turns
from portal.migrations.run_sql import connection
from portal.operate.connect import connected, told_when_lost
from portal.operate.errors import OperateError

APP = "portal"
GATE = "the gate"
_GLANCE = 0.5  # seconds between two questions whether it is this migrator's turn


async def migrate(url: str, to: str = "all") -> list[str]:
    """Run the migrations up to and including `to`, and after the last one build the gate; return what was done.

    Raises OperateError, with the database unchanged, when one fails or `to` is unknown.
    """
    _refuse_unknown(to)
    if await is_current(url):
        return []
    async with _one_migrator(url):
        await BaseMigrationManager().create_migration_table()
        before = await Migration.get_migrations_which_ran(APP)
        if _waiting(before):
            await apply.remove(connection())
        await _quietly(lambda: run_forwards(APP, to), "forward")
        after = await Migration.get_migrations_which_ran(APP)
        done = [name for name in after if name not in before]
        if not _waiting(after) and await apply.applied_digest(connection()) != apply.digest():
            await _quietly(_build_the_gate, "forward")
            done.append(GATE)
    return done


async def migrate_back(url: str, to: str) -> list[str]:
    """Undo the migrations back to and including `to` ("all", or a name), and take the gate away; return their names.

    Raises OperateError, with the database unchanged, when one fails or `to` is unknown.
    """
    _refuse_unknown(to)
    async with _one_migrator(url):
        before = await Migration.get_migrations_which_ran(APP)
        await apply.remove(connection())
        await _quietly(lambda: run_backwards(APP, to, auto_agree=True), "back")
        after = await Migration.get_migrations_which_ran(APP)
    return [name for name in before if name not in after]


async def pending(url: str) -> list[str]:
    """Return the names of the migrations that have not run on the database at `url`."""
    with using(url):
        there = await Migration.table_exists()
        return _waiting(await Migration.get_migrations_which_ran(APP) if there else [])


async def is_current(url: str) -> bool:
    """Whether the database at `url` has every migration, and the gate of the files."""
    async with connected(url) as looking:
        return not await pending(url) and await apply.applied_digest(looking) == apply.digest()


def _waiting(ran: list[str]) -> list[str]:
    return [name for name in _names() if name not in ran]


def _names() -> list[str]:
    """The names of all migrations, in their order."""
    manager = BaseMigrationManager()
    return sorted(manager.get_migration_modules(manager.get_app_config(APP).resolved_migrations_folder_path))


def _refuse_unknown(to: str) -> None:
    """Piccolo takes any name for done when there is nothing to do."""
    if to not in ("all", *_names()):
        raise OperateError(f"Migrating was refused: there is no migration {to}. There are: {', '.join(_names())}.")


async def _build_the_gate() -> MigrationResult:
    await apply.rebuild(connection())
    return MigrationResult(success=True)


@contextlib.contextmanager
def using(url: str) -> Iterator[None]:
    """Have Piccolo speak to `url`, and to no pool, for as long as the block runs."""
    before = DB.config, DB.pool
    DB.config, DB.pool = {"dsn": url}, None
    try:
        with told_when_lost():
            yield
    finally:
        DB.config, DB.pool = before


@contextlib.asynccontextmanager
async def _one_migrator(url: str) -> AsyncIterator[None]:
    with using(url):
        async with DB.transaction():
            await _wait_for_imports()
            await _wait_for_pages()
            yield


async def _wait_for_imports() -> None:
    """Until no import and no other migrator is at work, and hold back the next."""
    if await connection().fetchval(turns.TRY_TO_MIGRATE):
        return
    click.echo("An import or another migration is running: this one waits for its end.", err=True)
    while not await connection().fetchval(turns.TRY_TO_MIGRATE):  # noqa: ASYNC110 - another process holds it
        await asyncio.sleep(_GLANCE)


async def _wait_for_pages() -> None:
    """Let the pages being shown come to their end, and hold back the next, so that the two never wait crosswise.

    Every page's transaction begins by looking at the sessions.
    """
    if await connection().fetchval("select to_regclass('portal.session') is not null"):
        await connection().execute("lock table portal.session in access exclusive mode")


async def _quietly(run: Callable[[], Awaitable[MigrationResult]], direction: str) -> None:
    """Run, keep Piccolo's chatter for the error, and turn any failure into OperateError."""
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            result = await run()
    except Exception as error:
        raise OperateError(
            f"Migrating {direction} failed and nothing was changed: "
            f"{type(error).__name__}: {error}\n{said.getvalue().strip()}"
        ) from error
    if not result.success:
        raise OperateError(f"Migrating {direction} was refused: {result.message}")
