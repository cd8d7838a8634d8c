"""The networks that a company's people may come from: named, and what naming them would close."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.accounts.actions import Connection
from portal.database.unit import Unit
from portal.values.networks import Network, ordered

OF = "select range, country from gate.company_networks($1, $2::cidr[])"
SET = "select gate.set_networks($1, $2::cidr[], $3::cidr[])"
REACH = "select people, outside, unknown, introductions from gate.what_if_networks($1, $2::cidr[])"
ABROAD = "select * from gate.closed_abroad($1)"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom networks would shut out: of those signed in how many come from elsewhere, or from where nobody knows; and
    for how many introductions something is open that they could open no more."""

    people: int
    outside: int
    unknown: int
    introductions: int


@dataclass(frozen=True, slots=True)
class Abroad:
    """What is closed because a company is outside Japan, or would be in a network there; counted to 1,001."""

    introductions: int
    must_stay: int
    without_notice: int
    country_unknown: int
    only_in_japan: int


async def networks_of(
    unit: Unit, company: UUID, wanted: Sequence[Network] | None = None
) -> list[tuple[Network, str | None]]:
    """The networks of a company that the viewer looks after, each with its country as the portal knows it.

    With `wanted` they are those instead, as if the company had them.
    """
    rows: list[Any] = await unit.fetch(OF, company, None if wanted is None else list(wanted))
    country = {row["range"]: row["country"] for row in rows}
    return [(one, country[one]) for one in ordered(set(country))]


async def set_networks(
    unit: Connection, company: UUID, seen: Sequence[Network], wanted: Sequence[Network]
) -> str | None:
    """Let a company's people come from these alone; from anywhere when there are none.

    Returns "changed", "unchanged", or "stale" when they are no longer those that were `seen`; None when the viewer
    may not.
    """
    result: str | None = await unit.fetchval(SET, company, list(seen), list(wanted))
    return result


async def reach(unit: Unit, company: UUID, wanted: Sequence[Network]) -> Reach | None:
    """Whom these networks would shut out at this moment; None when the viewer may not ask."""
    row: Any = await unit.fetchrow(REACH, company, list(wanted))
    return None if row is None else Reach(*row)


async def closed_abroad(unit: Unit, company: UUID) -> Abroad | None:
    """What is closed because of the company's country; None when the viewer may not ask."""
    row: Any = await unit.fetchrow(ABROAD, company)
    return None if row is None else Abroad(*row)
