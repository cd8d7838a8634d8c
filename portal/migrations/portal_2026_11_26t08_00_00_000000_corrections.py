"""The reason for which a correction that changes nothing is refused."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.migrations.run_sql import run_folder

ID = "2026-11-26T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "corrections"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)

    async def make() -> None:
        await run_folder(Path(__file__).parent / "corrections")

    async def take_back() -> None:
        await run_folder(Path(__file__).parent / "corrections" / "back")

    manager.add_raw(make)
    manager.add_raw_backwards(take_back)
    return manager
