"""Reopening a decision after its five minutes: the company asks with a reason, whoever looks after it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written

REOPENED_BECAUSE = ("recorded_by_mistake", "position_open_again", "person_asked")
"""Why: a closed list, so that no protected ground can be written down as a reason."""
Asked = Literal["asked", "waiting", "undecided", "returnable"]
Answered = Literal["reopened", "declined", "over", "closed"]


@dataclass(frozen=True, slots=True)
class Reopening:
    """One request, by its introduction's code. `against`: what would keep the selection closed all the same."""

    id: UUID
    introduction_id: UUID
    code: str
    company_name: str
    company_name_latin: str | None
    opening_title: str
    opening_title_latin: str | None
    result: str
    decided_at: datetime
    reason: str
    asked_by: str
    asked_at: datetime
    answered_at: datetime | None
    granted: bool | None
    against: list[str] | None

    @property
    def place(self) -> str:
        """Company and position, as this reader reads them."""
        company = written(self.company_name, self.company_name_latin)
        return f"{company} · {written(self.opening_title, self.opening_title_latin)}"


async def ask_to_reopen(unit: Unit, introduction: UUID, reason: str) -> Asked | None:
    """Ask; what came of it, and None when there is nothing of it for this viewer."""
    answer: Asked | None = await unit.fetchval("select gate.ask_to_reopen($1, $2)", introduction, reason)
    return answer


async def reopenings(unit: Unit) -> list[Reopening]:
    """What waits for the viewer's answer, and what was answered lately. Recorded."""
    return [Reopening(**row) for row in await unit.fetch("select * from gate.reopenings()")]


async def answer_reopening(unit: Unit, asked: UUID, *, granted: bool) -> Answered | None:
    """Grant or decline; "closed" when something besides the decision speaks against it. None: not the viewer's."""
    answer: Answered | None = await unit.fetchval("select gate.answer_reopening($1, $2)", asked, granted)
    return answer
