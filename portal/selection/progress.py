"""How a company's selections go, and what its own people did: for its administrators. Asking is recorded."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written

REACHED = ("introduced", "screening", "interview", "offer", "hired")


@dataclass(frozen=True, slots=True)
class Position:
    """One position: how many reached which stage, how many wait, and how long it takes; None where nothing is known."""

    title: str
    reached: dict[str, int]
    undecided: int
    unseen: int
    first_look: timedelta | None
    decision: timedelta | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The positions, and beside each colleague how many undecided candidates are assigned to them."""

    positions: list[Position]
    colleagues: list[tuple[str, int]]
    nobodys: int


async def progress(unit: Unit) -> Progress | None:
    """How the selections of a year go; None for whoever may not ask. Recorded either way."""
    found = await unit.fetchval("select gate.progress()")
    if found is None:
        return None
    said: dict[str, Any] = json.loads(found)
    colleagues = [(one["name"], one["undecided"]) for one in said["colleagues"]]
    return Progress([_position(one) for one in said["openings"]], colleagues, said["nobodys"])


def _position(said: dict[str, Any]) -> Position:
    return Position(
        written(said["title"], said["title_latin"]) or said["title"],
        {stage: said[stage] for stage in REACHED},
        said["undecided"],
        said["unseen"],
        _time(said["first_look"]),
        _time(said["decision"]),
    )


def _time(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class Done:
    """One entry of the company's own log. `code` is that of the introduction, while something of it is open."""

    id: UUID
    recorded_at: datetime
    actor_name: str | None
    action: str
    decision: str
    purposes: list[str]
    items: list[str]
    code: str | None


async def company_log(
    unit: Unit, whose: UUID | None, at: datetime | None, entry: UUID | None, size: int, *, backwards: bool
) -> list[Done]:
    """Up to `size` entries, newest first, of one colleague or of all."""
    rows = await unit.fetch("select * from gate.company_log($1, $2, $3, $4, $5)", whose, at, entry, backwards, size)
    return [Done(**row) for row in rows]
