"""Agreements for a group of companies: which members are listed, and which have joined."""

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.database.unit import Unit

STANDING = "select * from gate.group_standing($1)"
JOIN = "select gate.join_group_agreement($1, $2, $3, $4, $5, $6, $7, $8)"


@dataclass(frozen=True, slots=True)
class Joining:
    """A member's statement that it joins: from when, when it was signed, by whom with what authority, where it is."""

    begins: datetime
    signed_at: datetime
    signatory_name: str
    signatory_title: str
    signatory_authority: str
    evidence: str


async def standing_of(unit: Unit, group: UUID) -> dict[UUID, dict[str, Any]]:
    """Of each member whether the group's agreement lists it and since when it has joined; empty without one."""
    return {row["company_id"]: dict(row) for row in await unit.fetch(STANDING, group)}


async def join_group_agreement(unit: Unit, company: UUID, agreement: UUID, joining: Joining) -> str | None:
    """Returns "joined", or what keeps it from that: "no_agreement", "party", "not_member", "not_listed",
    "not_complete", "changed", "future" or "overlaps". None when the viewer may not."""
    answer: str | None = await unit.fetchval(JOIN, company, agreement, *astuple(joining))
    return answer
