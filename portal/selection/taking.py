"""What somebody took and has to delete, and what they may still save today. The gate says both; nothing here does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import language

Asked = Literal["given", "asked", "waiting", "no_limit", "nothing"]
RESUME_TABS = ("ja-era", "ja-western", "en-western", "original")
Answered = Literal["granted", "declined", "own", "over"]


@dataclass(frozen=True, slots=True)
class Limit:
    """How many files this person may save in a day, and how far they are.

    `daily` is the agreement's number, or a lower one of the company's administrators (`own`). `most` is that number,
    once more with a reason (`reasoned`), and once more for each approval; `waiting` says that one is asked for.
    """

    daily: int
    own: bool
    saved: int
    most: int
    reasoned: bool
    waiting: bool

    @property
    def left(self) -> int:
        """How many more files may be saved today."""
        return max(self.most - self.saved, 0)


@dataclass(frozen=True, slots=True)
class Taken:
    """What one person took of one introduction, by its code: files saved, and looks at files on the page.

    Without `duty_id` the company may keep it still. `attested_by_company`: an administrator closed it for everyone.
    """

    code: str
    duty_id: UUID | None
    saved: int
    read_here: int
    taken_at: datetime
    cause: str | None
    due_at: datetime | None
    hired: bool
    attested_at: datetime | None
    attested_as: str | None
    attested_by_company: bool


@dataclass(frozen=True, slots=True)
class Need:
    """That a colleague needs more files today, and why."""

    id: UUID
    name: str
    mine: bool
    reason: str
    asked_at: datetime
    saved: int
    answered_at: datetime | None
    answered_by: str | None
    granted: bool | None


async def own_limit(unit: Unit) -> Limit | None:
    """What the viewer may still save today; None where there is no limit."""
    row = await unit.fetchrow("select * from gate.own_limit()")
    return None if row is None else Limit(**row)


async def is_over_limit(unit: Unit) -> bool:
    """Whether the viewer may save nothing more today."""
    limit = await own_limit(unit)
    return limit is not None and limit.left == 0


async def ask_for_downloads(unit: Unit, reason: str) -> Asked | None:
    """Say why more files are needed today; None when the viewer may not.

    "given" counts at once; "asked" waits for an administrator, "waiting" for one who was asked already; "nothing": an
    administrator lets the viewer save nothing.
    """
    answer: Asked | None = await unit.fetchval("select gate.ask_for_downloads($1)", reason)
    return answer


async def asked_downloads(unit: Unit) -> list[Need]:
    """What colleagues asked for today; empty for all but the company's administrators."""
    return [Need(**row) for row in await unit.fetch("select * from gate.asked_downloads()")]


async def answer_download(unit: Unit, asked: UUID, *, granted: bool) -> Answered | None:
    """Grant or decline; "own" for whoever asked, "over" when it is answered or of an earlier day."""
    answer: Answered | None = await unit.fetchval("select gate.answer_download($1, $2)", asked, granted)
    return answer


async def resume_tab(unit: Unit, asked: str | None) -> str:
    """In which form the viewer reads resumes: the one asked for, which is kept, or the one used last."""
    kept: str | None = await unit.fetchval("select gate.resume_tab($1)", asked)
    return kept or ("ja-era" if language() == "ja" else "en-western")


async def own_downloads(unit: Unit) -> list[Taken]:
    """What the viewer took, what is to be deleted first. Recorded."""
    return [Taken(**row) for row in await unit.fetch("select * from gate.own_downloads()")]


async def attest_own(unit: Unit, duties: Sequence[UUID], said: str) -> int | None:
    """Say of the own copies under these duties what became of them; of how many it was recorded."""
    done: int | None = await unit.fetchval("select gate.attest_own($1, $2)", list(duties), said)
    return done
