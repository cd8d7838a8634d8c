"""What a company's people did with one introduction, read from the log: no item of the person stands there."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.database.unit import Unit


@dataclass(frozen=True, slots=True)
class Act:
    """One act, with what was moved to, recorded or assigned where it is one of those."""

    at: datetime
    by: str
    action: str
    former_stage: str | None
    stage: str | None
    result: str | None
    assignee: str | None


async def history_of(unit: Unit, introduction: UUID) -> tuple[str, list[Act]] | None:
    """The introduction's code and the newest 200 acts, the newest first. Recorded. None when nothing is open."""
    found = await unit.fetchval("select gate.history_of($1)", introduction)
    if found is None:
        return None
    said = json.loads(found)
    acts = [Act(**{**one, "at": datetime.fromisoformat(one["at"])}) for one in said["acts"]]
    return said["code"], acts
