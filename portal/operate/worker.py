"""The worker: what has to be done without anybody asking for it.

As portal_worker: tasks that fall due, on one connection. Beside them run the jobs of the queue (`portal.notify`)
and the sealing, publishing, verifying, watching and handing over of the log.
A task that fails is tried again at its next turn; the others go on. Its log names tasks and counts, never people.
"""

import asyncio
import signal
import time
from dataclasses import dataclass
from datetime import datetime

import asyncpg
import structlog

from portal import waiting
from portal.language.holidays import holidays_around
from portal.language.zone import JAPAN
from portal.notify import worker as jobs
from portal.operate import handing_over, publishing, sealing, verifying, watching
from portal.settings import Settings

_LONGEST_PAUSE = 30.0
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Task:
    """One statement, and every how many seconds it is due."""

    name: str
    statement: str
    every: float
    by_calendar: bool = False  # it is given the days around today on which Japan does not work


TASKS = (
    # Entries of a month that has no partition could not be written, and nothing would be shown.
    Task("keep_partitions", "select accesslog.keep_partitions()", 3600.0),
    Task("forget_sign_in_failures", "select gate.forget_sign_in_failures()", 3600.0),
    # What binds already and is still to be written to a record that was held.
    Task("settle_halts", "select gate.settle_halts()", 5.0),
    Task("enter_unsigned", "select gate.enter_unsigned()", 60.0),
    # Selections in which nothing is done: companies are reminded of them, and told when the rule has ended them.
    Task("tell_of_inactivity", "select gate.tell_of_inactivity($1)", 3600.0, by_calendar=True),
    # Once a morning for each who chose it, however often this is asked.
    Task("send_digests", "select gate.send_digests($1)", 600.0, by_calendar=True),
    # A mail that waits and has no job would wait for ever.
    Task("keep_outbox", "select gate.keep_outbox()", 60.0),
    Task("keep_links", "select gate.keep_links()", 60.0),
    Task("note_deletion_duties", "select gate.note_deletion_duties()", 600.0),
    # An agreement that was held while a campaign began or was called off.
    Task("spread_campaigns", "select gate.spread_campaigns()", 600.0),
    # Each reminder is put once, however often this is asked.
    Task("remind_of_ends", "select gate.remind_of_ends()", 3600.0),
    Task("keep_provisions", "select gate.keep_provisions()", 5.0),
    Task("keep_certifications", "select gate.keep_certifications()", 3600.0),
    Task("forget_questions", "select gate.forget_questions()", 3600.0),
    Task("forget_provisions", "select gate.forget_provisions()", 3600.0),
    Task("keep_queue", jobs.FORGET, 3600.0),
)


async def work(url: str, settings: Settings) -> None:
    """Run tasks and jobs as they fall due until SIGTERM or SIGINT. What neither was made for ends both."""
    stopping = asyncio.Event()
    log.info("working")
    for order in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(order, stopping.set)
    async with asyncio.TaskGroup() as both:
        both.create_task(_tasks(url, stopping))
        both.create_task(jobs.work(url, settings, stopping))
        both.create_task(sealing.work(url, settings, stopping))
        both.create_task(publishing.work(url, settings, stopping))
        both.create_task(verifying.work(url, settings, stopping))
        both.create_task(watching.work(url, stopping))
        both.create_task(handing_over.work(url, settings, stopping))


async def _tasks(url: str, stopping: asyncio.Event) -> None:
    pause = 1.0
    while not stopping.is_set():
        try:
            connection = await asyncpg.connect(url, timeout=10)
        except (OSError, asyncpg.PostgresError) as error:
            log.warning("database_away", kind=type(error).__name__, seconds=pause)
            await waiting.pause(stopping, pause)
            pause = min(_LONGEST_PAUSE, pause * 2)
            continue
        pause = 1.0
        try:
            await _run_due(connection, stopping)
        finally:
            connection.terminate()


async def _run_due(connection: asyncpg.Connection, stopping: asyncio.Event) -> None:
    """Run what is due, again and again, until told to stop or the connection is lost."""
    due = dict.fromkeys(TASKS, 0.0)
    while not stopping.is_set() and not connection.is_closed():
        for task in TASKS:
            if due[task] <= time.monotonic():
                due[task] = time.monotonic() + task.every
                await _run(connection, task)
        await waiting.pause(stopping, 1.0)


async def _run(connection: asyncpg.Connection, task: Task) -> None:
    try:
        given = (holidays_around(datetime.now(JAPAN).date()),) if task.by_calendar else ()
        done = await connection.fetchval(task.statement, *given, timeout=60)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        log.error("task_failed", task=task.name, kind=type(error).__name__)
    else:
        if done:
            log.info("task_done", task=task.name, count=done)
