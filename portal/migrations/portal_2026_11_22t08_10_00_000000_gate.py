"""The gate over those tables."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.disclosure import apply
from portal.migrations.run_sql import connection

ID = "2026-11-22T08:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "gate"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def make() -> None:
        await apply.rebuild(connection())

    async def take_back() -> None:
        await apply.remove(connection())

    manager.add_raw(make)
    manager.add_raw_backwards(take_back)
    return manager
