"""SQL inside a migration. The tables are written as SQL because partitions, checks and generated columns have no
words in Piccolo; `tests/rules` holds the Piccolo tables against them."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder
from piccolo.engine.postgres import PostgresEngine


def connection() -> Any:
    """The connection of the migration's own transaction."""
    engine = engine_finder()
    assert isinstance(engine, PostgresEngine), "piccolo_conf.py names no PostgreSQL engine"
    transaction = engine.current_transaction.get()
    assert transaction is not None, "migrations run inside a transaction"
    return transaction.connection


def scripts(folder: Path) -> list[str]:
    """The text of every .sql file of a folder, in the order of their names."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.sql"))]


async def run_folder(folder: Path) -> None:
    """Runs every .sql file of a folder in the order of their names."""
    for script in scripts(folder):
        await connection().execute(script)


def from_sql(migration: str, name: str) -> Callable[[], Awaitable[MigrationManager]]:
    """The `forwards` of a migration that runs the files of the folder `name`; backwards, those of the `back` in it."""
    folder = Path(__file__).parent / name

    async def forwards() -> MigrationManager:
        manager = MigrationManager(migration_id=migration, app_name="portal", description=name)
        manager.add_raw(partial(run_folder, folder))  # a lambda would be called and not awaited
        manager.add_raw_backwards(partial(run_folder, folder / "back"))
        return manager

    return forwards
