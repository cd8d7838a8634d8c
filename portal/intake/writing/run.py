"""One import, from a folder to the database: `run_import`.

Promise: only one import runs at a time, and none while the database is migrated. A dry run does everything but keep
it: the same checks against the same database, in a transaction that is taken back, with no file stored.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import asyncpg

from portal.documents.sealing import MasterKeys, SealError
from portal.documents.store import ObjectStore, StoreError
from portal.intake.folder import Tables
from portal.intake.following import gathered
from portal.intake.notices import alike
from portal.intake.people import Person, person_folders, read_person
from portal.intake.problems import Problem, Unreadable, named
from portal.intake.writing.accounts import is_staff, write_account, write_undertaking
from portal.intake.writing.companies import write_company, write_opening
from portal.intake.writing.consents import write_consent
from portal.intake.writing.documents import CleanFile, Shelf, clean_files, cleaning_pool
from portal.intake.writing.introductions import write_introduction, write_outcome
from portal.intake.writing.notices import write_notice
from portal.intake.writing.papers import Papers
from portal.intake.writing.people import KIND, is_known, write_person
from portal.intake.writing.states import close_company, set_state
from portal.intake.writing.work import State, Work
from portal.language.i18n import gettext as _
from portal.migrations import turns
from portal.resume.failures import NotConfined
from portal.resume.launcher import Launcher
from portal.resume.pool import RenderPool
from portal.settings import Settings

LOCK = "select pg_try_advisory_lock(hashtextextended('portal.intake', 0))"
# For a record that somebody else's transaction holds. The import goes on without it, so that withdrawals are not kept.
LONGEST_WAIT = "2s"
STOPPED_BY = (
    NotConfined,
    StoreError,
    SealError,
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
NOWHERE = "memory:///"
AHEAD_PER_WORKER = 2


class ImportRunning(Exception):
    """Another import is writing to this database."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every record, by kind, and what is wrong with those that were refused; what follows
    from something else that is wrong is gathered. `notices` say what was left as it stands in the portal,
    and are no errors."""

    tally: dict[str, Counter[State]]
    problems: list[Problem]
    notices: list[Problem]

    @property
    def usable(self) -> int:
        """How many records hold, new or not."""
        return sum(counts.total() - counts[State.REFUSED] for counts in self.tally.values())


async def run_import(
    settings: Settings,
    folder: Path,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    launcher: Launcher | None = None,
) -> Report:
    """Import a folder as portal_owner at `settings.database_url`. `progress` is told how many records are
    done, and of how many; `launcher` makes the workers of several imports. Raises ImportRunning, or what is in
    STOPPED_BY; what was committed until then stays, and the next import goes on from there."""
    tables = Tables(folder)
    folders = person_folders(folder)
    promises = [each for each in tables.accounts if each.record.undertaking is not None]
    done, of = 0, tables.count() + len(promises) + len(folders)

    def step() -> None:
        nonlocal done
        done += 1
        progress(done, of)

    store = ObjectStore.open(NOWHERE if dry_run else settings.store_url)
    shelf = Shelf(store, MasterKeys.open(settings.master_key_folder))
    async with _alone(settings) as connection, _workers(settings, launcher) as pool:
        work = Work(connection, datetime.now(UTC), step)
        async with _taken_back(connection) if dry_run else nullcontext():
            await _write_all(work, tables, folders, pool, shelf)
    return _report(work, tables)


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection that holds the one lock of imports, and keeps migrators waiting; the server lets go of both with
    the connection."""
    connection = await asyncpg.connect(settings.database_url, server_settings={"application_name": "portal-import"})
    try:
        await connection.execute(turns.WRITE)
        if not await connection.fetchval(LOCK):
            raise ImportRunning
        await connection.execute(f"set lock_timeout = '{LONGEST_WAIT}'")  # not before: a migration may take its time
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def _workers(settings: Settings, launcher: Launcher | None) -> AsyncIterator[RenderPool]:
    """Workers that end with the block. They start when there is a file to clean."""
    pool = cleaning_pool(settings, launcher)
    try:
        yield pool
    finally:
        await pool.stop()


@asynccontextmanager
async def _taken_back(connection: asyncpg.Connection) -> AsyncIterator[None]:
    """Whatever is written inside did not happen."""
    whole = connection.transaction()
    await whole.start()
    try:
        yield
    finally:
        if not connection.is_closed():
            await whole.rollback()


async def _write_all(work: Work, tables: Tables, folders: list[Path], pool: RenderPool, shelf: Shelf) -> None:
    papers = Papers(tables.folder)
    staff = [each for each in tables.accounts if is_staff(each)]
    employers = [each for each in tables.accounts if not is_staff(each)]
    promised = [each for each in tables.accounts if each.record.undertaking is not None]
    notices = sorted(tables.notices, key=lambda each: each.record.language != "ja")
    await work.beside(tables.companies, close_company)
    await work.each("accounts", staff, write_account)
    await work.each("companies", tables.companies, write_company)
    await work.each("openings", tables.openings, write_opening)
    await work.each("accounts", employers, write_account)
    await work.each("agreements", tables.agreements, papers.write_agreement)
    await work.beside(tables.companies, set_state)
    await work.each("undertakings", promised, write_undertaking)
    await work.each("notices", notices, partial(write_notice, folder=tables.folder))
    await _write_people(work, folders, pool, shelf)
    await work.each("consents", tables.consents, write_consent)
    decided = frozenset(each.record.introduction for each in tables.outcomes)
    await work.each("introductions", tables.introductions, partial(write_introduction, decided=decided))
    await work.each("outcomes", tables.outcomes, write_outcome)


async def _write_people(work: Work, folders: list[Path], pool: RenderPool, shelf: Shelf) -> None:
    async for person, cleaning in _with_clean_files(work, folders, pool):
        try:
            state = await write_person(work, person, await cleaning, shelf)
        except Unreadable as refused:
            work.refuse(KIND, [refused.problem], named(KIND, [person.reference]))
        else:
            work.count(KIND, state)


async def _with_clean_files(
    work: Work, folders: list[Path], pool: RenderPool
) -> AsyncIterator[tuple[Person, asyncio.Task[list[CleanFile]]]]:
    """The people who are new or changed, in order, each with the cleaning of their files. It runs ahead
    so that the workers are never idle."""
    waiting: deque[tuple[Person, asyncio.Task[list[CleanFile]]]] = deque()
    try:
        for folder in folders:
            person = await asyncio.to_thread(read_person, folder)
            if not isinstance(person, Person):
                work.refuse(KIND, person, named(KIND, [folder.name]))
            elif await is_known(work, person):
                work.count(KIND, State.UNCHANGED)
            else:
                pool.start()
                waiting.append((person, asyncio.create_task(clean_files(pool, person))))
            if len(waiting) > AHEAD_PER_WORKER * pool.settings.workers:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        for _person, cleaning in waiting:
            cleaning.cancel()


def reason(failure: BaseException) -> str:
    """Why an import stopped, without the rest of what the database says: that could quote a row, or name what only
    its makers know."""
    if isinstance(failure, asyncpg.IntegrityConstraintViolationError):
        return _("a record does not fit what the portal holds")
    if isinstance(failure, asyncpg.LockNotAvailableError):
        return _("somebody else is changing a record that it needs, and has not finished")
    said = failure.args[0] if isinstance(failure, asyncpg.PostgresError) else str(failure)
    return said or type(failure).__name__


def _report(work: Work, tables: Tables) -> Report:
    for kind, refused in tables.refused.items():
        work.tally[kind][State.REFUSED] += refused
    return Report(dict(work.tally), gathered([*tables.problems, *work.problems]), alike(work.notices))
