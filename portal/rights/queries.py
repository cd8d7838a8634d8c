"""Provision records and the placement register, as compliance and a recipient's administrators ask for them."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written

PROVISIONS = "select * from gate.provisions($1, $2, $3, $4, $5, $6, $7, $8, $9)"
RECEIVED = "select * from gate.received_provisions($1, $2)"
REGISTER = "select gate.placement_register($1, $2, $3)"
MOMENTS = (
    "introduced_at", "decided_at", "received_at", "valid_until", "opening_created_at", "opening_closed_at",
)  # fmt: skip
MOST = 20_000  # records in one file


class TooMany(Exception):
    """More records than one file holds."""


@dataclass(frozen=True, slots=True)
class ProvisionFilter:
    """What records are asked for; None is not asked. `number` is a person's number or an introduction's code."""

    company: UUID | None = None
    number: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def values(self) -> tuple[object, ...]:
        """In the order of the gate's function."""
        return self.company, self.number, self.since, self.until


async def provisions(
    unit: Unit, wanted: ProvisionFilter, at: datetime | None, one: UUID | None, backwards: bool, most: int
) -> list[dict[str, Any]]:
    """A page of records, the latest first, without anybody's name. Recorded; empty for all but compliance."""
    return [_named(row) for row in await unit.fetch(PROVISIONS, *wanted.values, at, one, backwards, most, None)]


async def provisions_to_export(unit: Unit, wanted: ProvisionFilter, form: str) -> list[dict[str, Any]]:
    """All of them, with the persons' names, each of whom has an entry. Raises TooMany."""
    return _whole(
        [dict(row) for row in await unit.fetch(PROVISIONS, *wanted.values, None, None, False, MOST + 1, form)]
    )


async def received(unit: Unit, form: str | None = None) -> list[dict[str, Any]]:
    """The records of the viewer's company, by code. Recorded; empty for all but its administrators. Raises TooMany."""
    rows = await unit.fetch(RECEIVED, form, 200 if form is None else MOST + 1)
    return _whole([dict(row) for row in rows])


async def register(
    unit: Unit, since: datetime | None, until: datetime | None, form: str
) -> list[dict[str, Any]] | None:
    """The introductions of the placement register with their results. Recorded; None for all but compliance."""
    found = await unit.fetchval(REGISTER, since, until, form)
    if found is None:
        return None
    rows: list[dict[str, Any]] = json.loads(found)["introductions"]
    for row in rows:
        for name in MOMENTS:
            row[name] = None if row[name] in (None, "infinity") else datetime.fromisoformat(row[name])
        row["date_of_birth"] = row["date_of_birth"] and date.fromisoformat(row["date_of_birth"])
    return rows


async def contract(unit: Unit, record: UUID, said: str) -> bool:
    """Record that a contract stands in for a record; False for whoever may not, and where there is no such record."""
    done: bool = await unit.fetchval("select gate.provision_by_contract($1, $2)", record, said)
    return done


def _named(row: Any) -> dict[str, Any]:
    return {**row, "company": written(row["name"], row["name_latin"])}


def _whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(rows) > MOST:
        raise TooMany
    return rows
