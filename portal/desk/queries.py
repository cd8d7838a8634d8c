"""What compliance's desk asks and records: breaches, reviews, certification."""

import json
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.accesslog.queries import FILTER, NEXT, LogFilter
from portal.database.unit import Unit
from portal.language.i18n import written

BREACH = f"select gate.breach({FILTER}, ${NEXT}, ${NEXT + 1})"
ENTRIES = """
select (found.line).*, found.place, found.verdict, found.note, found.judged_name, found.own
from gate.review_entries($1) as found
"""


async def breach(unit: Unit, wanted: LogFilter, one: UUID | None, form: str | None) -> dict[str, Any] | None:
    """Whom and what a filter's entries reached; see `gate.breach`. Recorded; None for all but compliance."""
    found = await unit.fetchval(BREACH, *astuple(wanted), one, form)
    if found is None:
        return None
    told: dict[str, Any] = json.loads(found)
    for row in (told, *told["rows"]):
        for name in ("first_at", "last_at"):
            row[name] = row[name] and datetime.fromisoformat(row[name])
    return told


async def reviews(unit: Unit, asked: UUID | None = None) -> list[dict[str, Any]]:
    """The reviews, the newest first; or one."""
    rows = await unit.fetch("select * from gate.reviews($1)", asked)
    return [
        {**row, "company": written(row["name"], row["name_latin"]), "month_said": f"{row['month']:%Y-%m}"}
        for row in rows
    ]


async def review_entries(unit: Unit, review: UUID) -> list[dict[str, Any]]:
    """Its entries with what was said of each. Recorded; empty for all but compliance."""
    return [dict(row) for row in await unit.fetch(ENTRIES, review)]


async def start_review(unit: Unit, company: UUID, month: date, kind: str, reviewer: UUID) -> UUID | None:
    """Start a review of a month that is over; None when it cannot be."""
    made: UUID | None = await unit.fetchval("select gate.start_review($1, $2, $3, $4)", company, month, kind, reviewer)
    return made


async def judge(unit: Unit, review: UUID, places: Sequence[int], verdict: str, note: str) -> int | None:
    """Say something of entries; of how many it was said, None for whoever may not."""
    said: int | None = await unit.fetchval(
        "select gate.judge_entries($1, $2, $3, $4)", review, list(places), verdict, note
    )
    return said


async def conclude(unit: Unit, review: UUID, conclusion: str) -> str | None:
    """Conclude a review, or sign it off; see `gate.conclude_review`."""
    done: str | None = await unit.fetchval("select gate.conclude_review($1, $2)", review, conclusion)
    return done


async def give(unit: Unit, review: UUID, reviewer: UUID) -> str | None:
    """Give a review to another reviewer; see `gate.give_review`."""
    done: str | None = await unit.fetchval("select gate.give_review($1, $2)", review, reviewer)
    return done


async def certification(unit: Unit) -> list[dict[str, Any]]:
    """What the viewer's company is asked, account by account."""
    return [dict(row) for row in await unit.fetch("select * from gate.certification()")]


async def certify(unit: Unit, needed: Sequence[UUID], unneeded: Sequence[UUID]) -> int | None:
    """Say which accounts are needed and which are not; None when nothing is asked."""
    said: int | None = await unit.fetchval("select gate.certify($1, $2)", list(needed), list(unneeded))
    return said


async def certifications(unit: Unit) -> list[dict[str, Any]]:
    """How far each company is."""
    rows = await unit.fetch("select * from gate.certifications()")
    return [{**row, "company": written(row["name"], row["name_latin"])} for row in rows]


async def reviewers(unit: Unit) -> list[tuple[UUID, str]]:
    """Who of compliance can review."""
    found = "select id, display_name from portal.account where role = 'compliance' and status = 'active' order by 2"
    return [tuple(row) for row in await unit.fetch(found)]
