"""Consents that staff record: what there is to choose from, the act, and what it lacked."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from portal.candidates.items import Item
from portal.companies.queries import Called
from portal.database.unit import Unit
from portal.people.papers import Paper

CALLED = "select * from gate.companies_of_consent_called($1, $2)"
RECORD = "select * from gate.record_consent($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null, $10)"


@dataclass(frozen=True, slots=True)
class Notice:
    """One that can have been shown; `country` is the one abroad that it tells of, `most_days` the most it promises."""

    id: UUID
    reference: str
    version: int
    language: str
    country: str | None
    most_days: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said, in the order of the gate's function."""

    company: UUID
    notice: UUID
    items: Item
    purposes: int
    given_at: datetime
    until: datetime | None
    channel: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of it: "recorded", "lacking" with the codes of what it lacks, "beyond" the notice, or "ended".

    `before` is what it was given before, so that it opens less than one given now."""

    result: str
    lacks: list[str]
    before: str | None = None


async def notices(unit: Unit, person: UUID) -> list[Notice] | None:
    """Those that this person can have been shown; None when the viewer may not record for them."""
    found = await unit.fetchval("select gate.notices_for($1)", person)
    return None if found is None else [Notice(UUID(one), *said) for one, *said in json.loads(found)]


async def companies_called(unit: Unit, person: UUID, asked: str) -> list[Called]:
    """Up to 20 companies that a consent of this person may be about and that are called so; none for who may not."""
    return [Called(**row) for row in await unit.fetch(CALLED, person, asked)]


async def record(unit: Unit, person: UUID, given: Given, paper: Paper | None) -> Recorded | None:
    """Record a consent with its evidence; None when the viewer may not."""
    file = None if paper is None else json.dumps(asdict(paper))
    said = (given.company, given.notice, int(given.items), given.purposes, given.given_at, given.until)
    row = await unit.fetchrow(RECORD, person, *said, given.channel, given.evidence, file)
    return None if row is None else Recorded(row["result"], row["lacks"] or [], row["before"])
