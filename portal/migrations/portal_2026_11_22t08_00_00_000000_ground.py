"""The tables: words, people, agreements, candidates, access log."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.migrations.run_sql import connection, run_folder

ID = "2026-11-22T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "ground"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def make() -> None:
        await run_folder(Path(__file__).parent / "ground")

    async def take_back() -> None:
        await connection().execute("drop schema accesslog, personal, portal cascade")

    manager.add_raw(make)
    manager.add_raw_backwards(take_back)
    return manager
