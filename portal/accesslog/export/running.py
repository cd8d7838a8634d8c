"""An export as it runs: page after page, each in a transaction of its own, and the entry that says how it ended."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog

from portal.accesslog.export.files import ExportFile
from portal.accesslog.queries import FILTER, LogFilter
from portal.accesslog.queries import NEXT as AFTER
from portal.database.unit import Unit

PAGE = 1000
BEGIN = f"select * from gate.begin_export({FILTER}, ${AFTER}, ${AFTER + 1})"  # noqa: S608 - of fixed pieces
NEXT = "select * from gate.export_page($1, $2, $3, $4)"
END = "select gate.end_export($1, $2, $3, $4)"
log = structlog.get_logger(__name__)


class Work(Protocol):
    """Opens a unit of work, again and again, in the sign-in that began the export."""

    def __call__(self) -> AbstractAsyncContextManager[Unit]: ...


@dataclass(frozen=True, slots=True)
class Begun:
    """An export whose beginning is recorded."""

    id: UUID
    at: datetime


async def begin(unit: Unit, wanted: LogFilter, one: UUID | None, form: str) -> Begun | None:
    """Record that an export begins; None for whoever may not."""
    row = await unit.fetchrow(BEGIN, *astuple(wanted), one, form)
    return None if row is None else Begun(row["export"], row["recorded_at"])


async def pieces(work: Work, begun: Begun, file: ExportFile) -> AsyncIterator[bytes]:
    """The bytes of the file. Where it breaks off the file and its entry say so, and the failure goes on."""
    ended = False
    try:
        after: tuple[datetime, UUID] | tuple[None, None] = (None, None)
        while True:
            async with work() as unit:
                rows = await unit.fetch(NEXT, begun.id, *after, PAGE)
            if made := await asyncio.to_thread(file.add, rows):
                yield made
            if len(rows) < PAGE:
                break
            after = rows[-1]["recorded_at"], rows[-1]["id"]
        last, ended = file.close(whole=True), True
        await _end(work, begun, file, whole=True)  # what is not recorded is not sent as whole
        yield last
    except Exception:
        if not ended:
            last, ended = file.close(whole=False), True
            await _broken_off(work, begun, file)
            yield last
        raise
    finally:
        if not ended:  # whoever read it has gone
            file.close(whole=False)
            await asyncio.shield(asyncio.ensure_future(_broken_off(work, begun, file)))


async def _end(work: Work, begun: Begun, file: ExportFile, *, whole: bool) -> None:
    async with work() as unit:
        await unit.fetchval(END, begun.id, file.entries, file.digest, whole)


async def _broken_off(work: Work, begun: Begun, file: ExportFile) -> None:
    """Record that it is not whole. Where that fails too, an export without an end says so."""
    try:
        await _end(work, begun, file, whole=False)
    except Exception as error:  # the failure that broke it off is the one to tell
        log.error("export_end_not_recorded", kind=type(error).__name__)
