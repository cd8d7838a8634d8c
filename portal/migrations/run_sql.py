"""SQL inside a migration. The tables are written as SQL because partitions, checks and generated columns have no
words in Piccolo; `tests/rules` holds the Piccolo tables against them."""

from pathlib import Path
from typing import Any

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
