"""The pool behind every unit of work: Piccolo's engine, opened at start and closed at stop.

Connections are made when first needed, so that a web process starts, and says "not yet" on
/readyz, while its database is away.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import asyncpg
import structlog
from piccolo.engine import engine_finder
from piccolo.engine.postgres import PostgresEngine

from portal.database.answers import DatabaseAway

ACQUIRE_SECONDS = 10.0
# Limits are the role's own, see roles.sql. What decides how values are read and written is said here: it comes before
# whatever the role may have set for itself.
SERVER_SETTINGS = {
    "application_name": "portal-web",
    "search_path": "pg_catalog",
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    "client_min_messages": "warning",
    "row_security": "on",
}
AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InternalClientError,  # a statement on a connection that was cut while another ran on it
)
REFUSED = (
    "the database takes another password for this process's role than that in PORTAL_DATABASE_URL: was it set anew, "
    "or from another home (portal migrate --set-passwords)? Give this process the new one and start it again"
)

log = structlog.get_logger(__name__)


@cache
def engine() -> PostgresEngine:
    """The engine that Piccolo's tables use, from `piccolo_conf.py`.

    Raises RuntimeError when there is none.
    """
    found = engine_finder()
    if not isinstance(found, PostgresEngine):
        raise RuntimeError("piccolo_conf.py names no PostgreSQL engine")
    return found


async def _leave_as_is(connection: Any) -> None:
    """Nothing to clean on release: every unit cleans the session itself as it begins."""


@asynccontextmanager
async def pool(url: str, size: int) -> AsyncIterator[None]:
    """Give the engine a pool of up to `size` connections to `url` for as long as the block runs."""
    database = engine()
    database.config = {"dsn": url}
    await database.start_connection_pool(
        min_size=0,
        max_size=size,
        server_settings=SERVER_SETTINGS,
        reset=_leave_as_is,
        timeout=ACQUIRE_SECONDS,
        command_timeout=20.0,
    )
    try:
        yield
    finally:
        await database.close_connection_pool()


async def acquire() -> Any:
    """A connection from the pool, to be given back by `release`. Raises DatabaseAway when none can be had."""
    connections = engine().pool
    if connections is None:
        raise RuntimeError("the connection pool is not open")
    try:
        async with asyncio.timeout(ACQUIRE_SECONDS):
            return await connections.acquire()
    except asyncpg.InvalidAuthorizationSpecificationError as refused:
        log.error("sign_in_refused", error=type(refused).__name__, advice=REFUSED)
        raise DatabaseAway from refused
    except (OSError, TimeoutError, *AWAY) as away:
        raise DatabaseAway from away


async def release(connection: Any) -> None:
    """Give a connection back, whatever state it is in."""
    connections = engine().pool
    assert connections is not None, "a pool stays open until its last connection is back"
    await connections.release(connection)
