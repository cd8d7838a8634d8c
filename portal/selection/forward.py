"""Putting candidates forward. The gate says who can be chosen, decides, and records; nothing here does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.database.paging import Key
from portal.database.unit import Unit
from portal.selection.codes import new_code

OFFERED = "select * from gate.candidates_to_put_forward($1, $2, $3, $4, $5)"
PUT = "select * from gate.put_forward($1, $2, $3, $4)"
MOST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate whose consent to the company is live, by number, with what would open; nothing personal.

    With `reasons` nothing would be open for selection, and the candidate cannot be put forward.
    """

    candidate_id: UUID
    reference: str
    given_at: datetime
    until: datetime | None
    selection_items: list[str]
    contact_items: list[str]
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one who was chosen: "made", "already" or "refused". `reference` is None for one of no consent."""

    result: str
    reference: str | None
    reasons: list[str] | None


def key_of(choice: Choice) -> Key:
    """What the list is ordered by."""
    return choice.reference, choice.candidate_id


async def to_put_forward(unit: Unit, company: UUID, opening: UUID, after: Key | None, most: int) -> list[Choice]:
    """Up to `most` who can be chosen for an opening, by number. Recorded; empty when the viewer may not ask."""
    reference, candidate = after or (None, None)
    return [Choice(**row) for row in await unit.fetch(OFFERED, company, opening, reference, candidate, most)]


async def put_forward(unit: Unit, company: UUID, opening: UUID, chosen: Sequence[UUID]) -> list[Done]:
    """Introduce up to 100 candidates to a company; what became of each, and nothing when the viewer may not."""
    rows = await unit.fetch(PUT, company, opening, list(chosen), [new_code() for _ in chosen])
    return [Done(**row) for row in rows]
