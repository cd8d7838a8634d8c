"""The outbox, and the queue that tells the worker of it: pgqueuer's own tables in a schema of their own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.migrations.run_sql import connection, from_sql
from portal.notify import queue

ID = "2026-11-29T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "outbox"

_tables = from_sql(ID, DESCRIPTION)


async def _install() -> None:
    await connection().execute(queue.INSTALL)


async def _remove() -> None:
    await connection().execute(queue.REMOVE)


async def forwards() -> MigrationManager:
    """The tables first; backwards the queue goes with all that is in it."""
    manager = await _tables()
    manager.add_raw(_install)
    manager.add_raw_backwards(_remove)
    return manager
