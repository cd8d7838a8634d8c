"""What a recruiter does to an introduction. One action, one transaction, one entry: the gate writes both."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from portal.database.unit import Unit

PUT = "select gate.put_outcome($1, $2, $3, $4, $5, $6)"
GROUNDS = "select gate.grounds_in($1)"
Answer = Literal[
    "recorded", "corrected", "recorded_and_closed", "already_recorded", "unchanged", "too_late", "names_ground"
]


@dataclass(frozen=True, slots=True)
class Decision:
    """A result, one of its reasons, a note about the work, and whether it corrects an outcome that stands.

    `confirmed` are the codes of the grounds that the note names and its writer was asked about.
    """

    result: str
    reason: str
    note: str
    correcting: bool
    confirmed: tuple[str, ...] = ()


async def put_outcome(unit: Unit, introduction: UUID, decided: Decision) -> Answer | None:
    """Record an outcome, or correct the one that stands; what came of it.

    "recorded_and_closed" says that nothing of the introduction is open any more, "names_ground" that the note names a
    ground that was not confirmed, and nothing is recorded. None when to this viewer there is nothing to decide on.
    """
    answer: Answer | Literal["refused"] = await unit.fetchval(
        PUT, introduction, decided.result, decided.reason, decided.note, decided.correcting, list(decided.confirmed)
    )
    return None if answer == "refused" else answer


async def grounds_in(unit: Unit, note: str) -> list[str]:
    """The codes of the grounds that may not decide and that a note names."""
    return list(await unit.fetchval(GROUNDS, note))
