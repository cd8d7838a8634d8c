"""Connections of the operator's commands: had, or said why not, and closed whatever happens."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
import click

from portal.migrations import turns
from portal.operate.errors import OperateError

_PATIENCE = 20.0
LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # stopped, or not started yet
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    ConnectionError,
)


@contextmanager
def told_when_lost() -> Iterator[None]:
    """A database that is lost inside the block is told as OperateError."""
    try:
        yield
    except LOST as error:
        raise OperateError(
            f"The database was lost meanwhile: {_reason(error)}. What was not finished is undone: do it again when "
            "the database runs."
        ) from error


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the database at `url`. Raises OperateError when none can be had, or it is lost."""
    try:
        connection = await asyncpg.connect(url, timeout=_PATIENCE)
    except (asyncpg.InterfaceError, ValueError):  # what they say may quote the address, password and all
        raise OperateError("PORTAL_DATABASE_URL is not an address: postgresql://role:password@host/name.") from None
    except (OSError, asyncpg.PostgresError) as error:
        raise OperateError(
            f"The database cannot be reached: {_reason(error)}. See that its server runs, and check "
            "PORTAL_DATABASE_URL if you set it."
        ) from error
    with told_when_lost():
        try:
            yield connection
        finally:
            await connection.close()


@asynccontextmanager
async def changing(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection in a transaction: what the block does is kept whole, or not at all when it raises. A migration that
    runs is waited for. Raises OperateError when the database refuses something."""
    try:
        async with connected(url) as connection, connection.transaction():
            if not await connection.fetchval(turns.TRY_TO_WRITE_ONCE):
                click.echo("A migration is running: this waits for its end.", err=True)
                await connection.execute(turns.WRITE_ONCE)
            yield connection
    except asyncpg.PostgresError as error:
        raise OperateError(f"Nothing was changed, the database refused it: {error.args[0]}.") from error


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
