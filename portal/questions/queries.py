"""Questions to the account manager: what each side may read of them, and the acts of both."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written


@dataclass(frozen=True, slots=True)
class Listed:
    """A question in a list, without a word of what was written. `seen`: no answer waits for the viewer."""

    id: UUID
    company: str
    code: str | None
    asked_by: str
    mine: bool
    asked_at: datetime
    answered_at: datetime | None
    seen: bool


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions that the viewer may see; `code` is that of the introduction that is asked about."""

    code: str | None
    questions: list[Listed]


@dataclass(frozen=True, slots=True)
class Question:
    """One with its words; the answer is None until there is one."""

    id: UUID
    company: str
    code: str | None
    introduction: UUID | None
    asked_by: str
    asked_at: datetime
    body: str
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


async def questions(unit: Unit, about: UUID | None = None) -> Questions | None:
    """Those that the viewer may see, or those about one introduction; None when nothing of that is open. Recorded."""
    found = await unit.fetchval("select gate.questions($1)", about)
    if found is None:
        return None
    said: dict[str, Any] = json.loads(found)
    return Questions(said["code"], [Listed(**_read(one)) for one in said["questions"]])


async def question(unit: Unit, asked: UUID) -> Question | None:
    """One with its words; None when there is none for this viewer. Recorded, and an answer counts as seen."""
    found = await unit.fetchval("select gate.question($1)", asked)
    return None if found is None else Question(**_read(json.loads(found)))


async def ask(unit: Unit, about: UUID | None, body: str) -> Literal["asked", "too_many"] | None:
    """Ask whoever looks after the company; None when the viewer may not ask about this introduction."""
    answer: Literal["asked", "too_many"] | None = await unit.fetchval("select gate.ask($1, $2)", about, body)
    return answer


async def answer_question(unit: Unit, asked: UUID, body: str) -> Literal["answered", "over"] | None:
    """Answer one; "over" when somebody did already, None when it is not this viewer's."""
    answer: Literal["answered", "over"] | None = await unit.fetchval("select gate.answer_question($1, $2)", asked, body)
    return answer


def _read(said: dict[str, Any]) -> dict[str, Any]:
    moments: dict[str, Any] = {
        name: value and datetime.fromisoformat(value) for name, value in said.items() if name.endswith("_at")
    }
    ids: dict[str, Any] = {name: said[name] and UUID(said[name]) for name in ("id", "introduction") if name in said}
    company = written(said["company"], said["company_latin"])
    read = {**said, **moments, **ids, "company": company}
    del read["company_latin"]
    return read
