"""The worker watches the log by the rules that are switched on: once a minute, what is new since it looked last."""

import asyncio
from datetime import datetime, timedelta

import asyncpg
import structlog

from portal import waiting
from portal.language.holidays import holidays
from portal.language.zone import JAPAN

EVERY = 60.0  # seconds
CANNOT = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
BEHIND = timedelta(days=14)  # a rule that was on while no worker ran looks so far back
RAISE = "select gate.raise_alerts($1)"
log = structlog.get_logger()


async def work(url: str, stopping: asyncio.Event) -> None:
    """Watch as portal_worker until told to stop."""

    async def watching(_well: waiting.Well) -> None:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            while not stopping.is_set():
                if raised := await look(connection):
                    log.warning("alerts_raised", count=raised)
                await waiting.pause(stopping, EVERY)
        finally:
            connection.terminate()

    def failed(error: Exception, _seconds: float) -> None:
        log.error("not_watched", kind=type(error).__name__)

    await waiting.keep_on(watching, stopping, CANNOT, failed, shortest=EVERY, longest=EVERY)


async def look(connection: asyncpg.Connection) -> int:
    """Look once; how many alerts were raised."""
    today = datetime.now(JAPAN).date()
    raised: int = await connection.fetchval(RAISE, holidays(today - BEHIND, today), timeout=300)
    return raised
