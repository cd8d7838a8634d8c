"""Consents that staff record: what there is to choose from, the act, and what it lacked."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.candidates.items import Item
from portal.database.unit import Unit
from portal.language.i18n import by_title
from portal.people.papers import Paper

RECORD = "select * from gate.record_consent($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null, $10)"


@dataclass(frozen=True, slots=True)
class Choices:
    """The companies it may be about, and the notices that can have been shown: id, number, version, language, and
    the country that it tells of."""

    companies: list[tuple[UUID, str]]
    notices: list[tuple[UUID, str, int, str, str | None]]


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


async def choices(unit: Unit, person: UUID) -> Choices | None:
    """What can be chosen for this person; None when the viewer may not record for them."""
    found = await unit.fetchval("select gate.consent_choices($1)", person)
    if found is None:
        return None
    offered: dict[str, Any] = json.loads(found)
    companies = by_title((UUID(one[0]), one[1], one[2]) for one in offered["companies"])
    return Choices(companies, [(UUID(one[0]), *one[1:]) for one in offered["notices"]])


async def record(unit: Unit, person: UUID, given: Given, paper: Paper | None) -> Recorded | None:
    """Record a consent with its evidence; None when the viewer may not."""
    file = None if paper is None else json.dumps(asdict(paper))
    said = (given.company, given.notice, int(given.items), given.purposes, given.given_at, given.until)
    row = await unit.fetchrow(RECORD, person, *said, given.channel, given.evidence, file)
    return None if row is None else Recorded(row["result"], row["lacks"] or [], row["before"])
