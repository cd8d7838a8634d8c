"""The worker's part that does what waits in the queue.

Promise: what is asked of a job is done or asked again, whatever ends meanwhile; nothing in its log or in the queue's
names a person, for what a job raises is kept as words of ours.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import asyncpg
import structlog
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job

from portal import waiting
from portal.notify import files, queue
from portal.notify.post import post
from portal.notify.smtp import server_of
from portal.settings import Settings

# pgqueuer writes down each step of each job; a week of it is enough to see what went wrong.
FORGET = """
with gone as (delete from jobs.pgqueuer_log where created < now() - interval '7 days' returning true)
select count(*) from gone
"""
LOOK = timedelta(seconds=1)
GONE = timedelta(seconds=30)  # a worker that has said nothing for so long is taken for ended
AT_ONCE = 4
BROKEN = timedelta(minutes=1)
LONGEST_PAUSE = 30.0
Doing = Callable[[asyncpg.Pool, UUID], Awaitable[None]]
log = structlog.get_logger()


async def work(url: str, settings: Settings, stopping: asyncio.Event) -> None:
    """Do what waits, as portal_worker at `url`, until told to stop. The database may come and go."""
    logging.getLogger("pgqueuer").setLevel(
        logging.CRITICAL + 1
    )  # it would write what others can notify, and tracebacks

    async def doing(well: waiting.Well) -> None:
        async with asyncpg.create_pool(url, min_size=1, max_size=AT_ONCE + 2, timeout=10) as pool:
            well()
            await _work(pool, settings, stopping)

    def failed(error: Exception, seconds: float) -> None:
        log.warning("queue_away", kind=type(error).__name__, seconds=seconds)

    away = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
    await waiting.keep_on(doing, stopping, away, failed, shortest=1.0, longest=LONGEST_PAUSE)


async def _work(pool: asyncpg.Pool, settings: Settings, stopping: asyncio.Event) -> None:
    manager = QueueManager(queue.queries(queue.Deaf(pool)))
    server = server_of(settings)

    async def mail(pool: asyncpg.Pool, about: UUID) -> None:
        await post(pool, settings, server, about)

    async def link_request(pool: asyncpg.Pool, about: UUID) -> None:
        await pool.execute("select gate.answer_link_request($1)", about)

    manager.entrypoint("mail", concurrency_limit=AT_ONCE)(_job(pool, mail))
    manager.entrypoint("link_request")(_job(pool, link_request))
    if server is None:
        files.forget_old(settings.home)

    async def stop() -> None:
        await stopping.wait()
        manager.shutdown.set()

    stopped = asyncio.create_task(stop())
    try:
        await manager.run(dequeue_timeout=LOOK, batch_size=AT_ONCE, heartbeat_timeout=GONE)
    finally:
        stopped.cancel()


def _job(pool: asyncpg.Pool, doing: Doing) -> Callable[[Job], Awaitable[None]]:
    """A job of the queue. What it raises is kept as the name of an exception, and it is done again a minute later."""

    async def run(job: Job) -> None:
        try:
            await doing(pool, UUID((job.payload or b"").decode()))
        except RetryRequested:
            raise
        except Exception as error:
            log.error("job_failed", task=job.entrypoint, kind=type(error).__name__)
            raise RetryRequested(BROKEN, type(error).__name__) from None

    return run
