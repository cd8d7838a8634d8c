"""Connections of the operator's commands: had, or said why not, and closed whatever happens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from portal.operate.errors import OperateError

_PATIENCE = 20.0


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to the database at `url`. Raises OperateError when none can be had."""
    try:
        connection = await asyncpg.connect(url, timeout=_PATIENCE)
    except (asyncpg.InterfaceError, ValueError):  # what they say may quote the address, password and all
        raise OperateError("PORTAL_DATABASE_URL is not an address: postgresql://role:password@host/name.") from None
    except (OSError, asyncpg.PostgresError) as error:
        reason = str(error) or type(error).__name__
        raise OperateError(
            f"The database cannot be reached: {reason}. See that its server runs, and check PORTAL_DATABASE_URL."
        ) from error
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def changing(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection in a transaction: what the block does is kept whole, or not at all when it raises."""
    async with connected(url) as connection, connection.transaction():
        yield connection
