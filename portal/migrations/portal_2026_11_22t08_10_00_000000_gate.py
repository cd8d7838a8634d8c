"""The gate was a step once, and databases that ran it know its name. Now it is built after the last step."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

ID = "2026-11-22T08:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "gate"


async def forwards() -> MigrationManager:
    return MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)
