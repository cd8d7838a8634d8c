"""Since when and why a company is suspended."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.migrations.run_sql import run_folder

ID = "2026-11-26T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "suspension"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def make() -> None:
        await run_folder(Path(__file__).parent / "suspension")

    async def take_back() -> None:
        await run_folder(Path(__file__).parent / "suspension" / "back")

    manager.add_raw(make)
    manager.add_raw_backwards(take_back)
    return manager
