"""Reading agreements. The policies of the database choose the rows; the gate says which are in force."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portal.agreements.tables import Agreement, Undertaking
from portal.candidates.items import Item, Purpose, codes_of
from portal.database.unit import Unit
from portal.database.viewer import Viewer

LAST = """
select id, number, version, text, effective_at, gate.end_of(agreement) as ended_at from portal.agreement
where company_id = $1 and lacks is null and company_signed_at is not null and operator_signed_at is not null
  and gate.end_of(agreement) <= now() order by gate.end_of(agreement) desc, id desc limit 1
"""
ACCEPTED_BY = "select * from gate.accepted_by($1)"
QUESTIONS = "select * from gate.understanding_questions($1, $2)"
SOON = timedelta(days=60)  # enough to sign another before it ends
ENDS = ("terminated_at", "superseded_at", "expires_at", "campaign_ends_at", "group_ends_at", "left_at")
IN_FORCE = """
select id, gate.end_of(agreement) as ends_at from portal.agreement
where gate.in_force(agreement, now()) and ($1::uuid[] is null or company_id = any ($1))
"""


def days_left(until: datetime | None, now: datetime) -> int | None:
    """Whole days until an agreement in force ends, when that is soon; None when it is not."""
    return (until - now).days if until is not None and until - now <= SOON else None


async def standing_agreement(unit: Unit) -> dict[str, Any] | None:
    """The company's newest agreement in force: to be accepted, or accepted by this viewer."""
    wanted = unit.who.must_accept or unit.who.agreement_id
    row = await Agreement.select().where(Agreement.id == wanted).first() if wanted else None
    return None if row is None else {**as_shown(row), "ends_at": (await in_force(unit)).get(row["id"])}


async def last_agreement(unit: Unit) -> dict[str, Any] | None:
    """The company's agreement that ended last, when none is in force."""
    row = await unit.fetchrow(LAST, unit.who.company_id)
    return None if row is None else dict(row)


async def accepted(viewer: Viewer, agreement: UUID) -> dict[str, Any] | None:
    """This viewer's undertaking under an agreement; None when there is none yet, or only in another capacity."""
    if agreement != viewer.agreement_id:
        return None
    row: dict[str, Any] | None = await (
        Undertaking.select()
        .where(Undertaking.agreement_id == agreement, Undertaking.account_id == viewer.account_id)
        .order_by(Undertaking.accepted_at, ascending=False)
        .first()
    )
    return row


async def undertaking_texts(unit: Unit, version: int | None) -> dict[str, dict[str, Any]]:
    """The undertaking of a version, or the newest, by language; each with its digest in hex."""
    rows = await unit.fetch("select * from gate.undertaking_texts($1)", version)
    return {row["language"]: {**row, "digest": row["text_digest"].hex()} for row in rows}


async def in_force(unit: Unit, companies: list[UUID] | None = None) -> dict[UUID, datetime | None]:
    """The agreements in force now, of these companies or all that this viewer may read: when each ends, by its id."""
    return {row["id"]: row["ends_at"] for row in await unit.fetch(IN_FORCE, companies)}


async def agreements_of(unit: Unit, company: UUID) -> list[dict[str, Any]]:
    """A company's agreements, the newest first, each with whether it is in force and when it ends or ended."""
    rows = await (
        Agreement.select().where(Agreement.company_id == company).order_by(Agreement.effective_at, ascending=False)
    )
    standing = await in_force(unit, [company])
    return [
        {**as_shown(row), "in_force": row["id"] in standing, "ends_at": standing.get(row["id"], _ended_at(row))}
        for row in rows
    ]


def _ended_at(row: dict[str, Any]) -> datetime | None:
    """When an agreement that is not in force ended, or will have."""
    ends = (row[name] for name in ENDS)
    return min((end for end in ends if end is not None), default=None)


async def questions(unit: Unit, agreement: UUID, language: str) -> list[dict[str, Any]]:
    """The questions of this sign-in about the undertaking, with what was answered last to each."""
    return [dict(row) for row in await unit.fetch(QUESTIONS, agreement, language)]


async def accepted_by(unit: Unit, agreements: set[UUID]) -> dict[UUID, bool]:
    """The accounts that accepted the undertaking under one of these agreements, in the capacity that they have now, and
    whether with its questions answered."""
    return {row["account_id"]: row["checked"] for row in await unit.fetch(ACCEPTED_BY, list(agreements))}


def as_shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row of `portal.agreement` with its sets of items and purposes as codes."""
    return {
        **row,
        "items": codes_of(Item(row["items"])),
        "purposes": [one.name.lower() for one in Purpose if one & row["purposes"]],
    }
