"""The worker hands sealed entries to the operator's collector, when the settings name one."""

import asyncio
import ssl
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import structlog

from portal import waiting
from portal.accesslog.seal.document import moment, sealed_bytes
from portal.accesslog.sink.messages import framed, line, syslog
from portal.accesslog.sink.sending import Collector, NotTaken
from portal.settings import Settings

EVERY = 2.0  # seconds
BATCH = 500
LONGEST_PAUSE = 60.0
CANNOT = (NotTaken, OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
TURN = "select pg_try_advisory_lock(hashtextextended('accesslog.sink', 0))"
NEXT = "select number, (entry).* from gate.entries_to_hand_over($1)"
NOTED = "select gate.note_hand_over($1, $2)"
log = structlog.get_logger()


def collector(settings: Settings) -> Collector | None:
    """The collector that the settings name."""
    if settings.log_sink_url is None:
        return None
    context = ssl.create_default_context(cafile=settings.log_sink_ca_file)
    return Collector(settings.log_sink_url, context, settings.log_sink_seconds, settings.log_sink_token)


async def work(url: str, settings: Settings, stopping: asyncio.Event) -> None:
    """Hand over as portal_worker until told to stop. What is not taken is sent again, later and later."""
    to = collector(settings)
    if to is None:
        return

    async def handing_over(well: waiting.Well) -> None:
        connection = await asyncpg.connect(url, timeout=10)
        try:
            while not stopping.is_set():
                if not await hand_over(connection, to, urlsplit(settings.base_url).hostname or ""):
                    await waiting.pause(stopping, EVERY)
                well()
        finally:
            connection.terminate()

    def failed(error: Exception, seconds: float) -> None:
        log.error("not_handed_over", kind=type(error).__name__, said=str(error)[:100], seconds=seconds)

    await waiting.keep_on(handing_over, stopping, CANNOT, failed, shortest=EVERY, longest=LONGEST_PAUSE)


async def hand_over(connection: Any, to: Collector, host: str) -> int:
    """Hand a batch over; how many entries. None while another worker does. Raises NotTaken."""
    if not await connection.fetchval(TURN):  # it is kept as long as the connection
        return 0
    rows = await connection.fetch(NEXT, BATCH)
    if not rows:
        return 0
    if to.is_syslog:
        content = framed(
            syslog(host, row["number"], moment(row["recorded_at"]), row["action"], sealed_bytes(row)) for row in rows
        )
    else:
        content = b"".join(line(row["number"], sealed_bytes(row)) for row in rows)
    try:
        await asyncio.to_thread(to.send, content, rows[0]["number"])
    except NotTaken as error:
        await connection.execute(NOTED, None, str(error) or "failed")
        raise
    await connection.execute(NOTED, rows[-1]["number"] + 1, None)
    return len(rows)
