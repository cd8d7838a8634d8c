"""What a recruiter does to an introduction. One action, one transaction, one entry: the gate writes both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from portal.candidates.items import NO_ITEMS, Item
from portal.database.unit import Unit
from portal.language.i18n import written

PUT = "select gate.put_outcome($1, $2, $3, $4, $5, $6)"
BACK = "select gate.take_back($1)"
JUST = (
    "select asked.id as introduction_id, shown.* from unnest($1::uuid[]) with ordinality as asked(id, place)"
    " cross join lateral gate.just_decided(asked.id) as shown order by asked.place"
)
GROUNDS = "select gate.grounds_in($1)"
ASSIGN = "select * from gate.assign($1, $2, $3, $4)"
MOVE = "select * from gate.move_stages($1, $2, $3, $4)"
STAGES = ("introduced", "screening", "interview", "offer")
MOST_MOVED = 100
Moving = Literal["moved", "already", "meanwhile", "over", "opens", "refused"]
TakenBack = Literal["taken_back", "over", "closed", "already", "too_late", "not_yours", "corrected"]
Assigning = Literal["assigned", "already", "meanwhile", "left", "refused"]
Writing = Literal["written", "names_ground", "left", "over"]
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

    "recorded_and_closed" says that nothing of the introduction is open any more; "names_ground" that the note names a
    ground that was not confirmed, and nothing is recorded. None when to this viewer there is nothing to decide on.
    """
    answer: Answer | Literal["refused"] = await unit.fetchval(
        PUT, introduction, decided.result, decided.reason, decided.note, decided.correcting, list(decided.confirmed)
    )
    return None if answer == "refused" else answer


async def put_outcomes(unit: Unit, decisions: Mapping[UUID, Decision]) -> dict[UUID, Answer | None]:
    """Record one outcome each; see `put_outcome`. In the order of their ids, as every act that
    holds several of them goes. So two who decide on the same ones wait for each other and neither is broken off."""
    return {one: await put_outcome(unit, one, decisions[one]) for one in sorted(decisions)}


async def take_back(unit: Unit, introduction: UUID) -> TakenBack | None:
    """Take back what the viewer decided within five minutes; what came of it.

    "over" and "closed" are taken back, too: the selection stays closed, or nothing is open. None when to this viewer
    there is nothing to take back.
    """
    answer: TakenBack | Literal["refused"] = await unit.fetchval(BACK, introduction)
    return None if answer == "refused" else answer


@dataclass(frozen=True, slots=True)
class JustDecided:
    """A decision of the viewer's own that can be taken back until then."""

    introduction_id: UUID
    code: str
    opening_title: str
    opening_title_latin: str | None
    result: str
    reason: str
    recorded_at: datetime
    until: datetime
    contact_open: bool
    contact_until: datetime | None

    @property
    def opening(self) -> str:
        """The position, in letters that this reader can read."""
        return written(self.opening_title, self.opening_title_latin) or self.opening_title


async def just_decided(unit: Unit, introductions: Sequence[UUID]) -> list[JustDecided]:
    """What of these the viewer decided within the last five minutes. Each is recorded, found or not."""
    return [JustDecided(**row) for row in await unit.fetch(JUST, list(introductions))]


async def grounds_in(unit: Unit, note: str) -> list[str]:
    """The codes of the grounds that may not decide and that a note names."""
    return list(await unit.fetchval(GROUNDS, note))


@dataclass(frozen=True, slots=True)
class Standing:
    """An introduction, and the stage at which a page showed it."""

    introduction: UUID
    stage: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one that was to be moved.

    "already" stood there, "meanwhile" was moved elsewhere by a colleague, of "over" the selection has ended. "opens"
    says that the offer would open `held`, of which whoever moves was not told. `code` is None when to this viewer there
    is nothing to move.
    """

    introduction_id: UUID
    code: str | None
    result: Moving
    held: Item


async def move_stages(unit: Unit, chosen: Sequence[Standing], stage: str, told: Item = NO_ITEMS) -> list[Moved]:
    """Move up to 100 introductions to a stage, each by itself; `told` is what the page said that the offer opens."""
    ids, shown = [one.introduction for one in chosen], [one.stage for one in chosen]
    rows = await unit.fetch(MOVE, ids, shown, stage, int(told))
    return [Moved(**{**row, "held": Item(row["held"] or 0)}) for row in rows]


async def assign(
    unit: Unit, chosen: Sequence[UUID], wanted: UUID | None, *, checked: bool = False, shown: UUID | None = None
) -> list[Assigning]:
    """Assign up to 100 introductions to a colleague, or to nobody; what became of each.

    "meanwhile" is not whose the page showed it as, where that is `checked`; "left" says that this colleague cannot be
    assigned anything, "refused" that to this viewer there is nothing to assign.
    """
    return [row["result"] for row in await unit.fetch(ASSIGN, list(chosen), checked, shown, wanted)]


async def write_note(
    unit: Unit, introduction: UUID, body: str, mentioned: Sequence[UUID], confirmed: Sequence[str] = ()
) -> Writing | None:
    """Write a note to colleagues; what came of it, and None when to this viewer there is nothing to write about."""
    answer: Writing | Literal["refused"] = await unit.fetchval(
        "select gate.write_note($1, $2, $3, $4)", introduction, body, list(mentioned), list(confirmed)
    )
    return None if answer == "refused" else answer
