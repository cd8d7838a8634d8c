"""The gate's search: what may be filtered by, how it is sorted, and what was found and disclosed by it."""

from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from portal.candidates.items import Item
from portal.database.unit import Unit
from portal.disclosure.calls import Basis, Disclosure, disclosure_of

Order = Literal["introduced", "changed", "stage", "board"]

# The row is put together there: a connection that keeps a type's number would not outlive a gate that is built anew.
SEARCH = (
    "select * from gate.search("
    "row($1::text, $2::uuid, $3::text, $4::smallint, $5::text, $6::boolean, $7::text,"
    " $8::smallint, $9::text, $10::boolean, $11::text, $12::text, $13::text, $14::text, $15::smallint"
    ")::gate.search_filter, $16, $17, $18, $19, $20, $21, $22, $23)"
)


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What a recruiter may filter by, in the order of `gate.search_filter`. None: not asked. `japanese_rank` is of what
    a test certified, `japanese_own_rank` of what people say of themselves."""

    name: str | None = None
    opening_id: UUID | None = None
    stage: str | None = None
    japanese_rank: int | None = None
    work_permission: str | None = None
    decided: bool | None = None
    code: str | None = None
    japanese_own_rank: int | None = None
    outcome: str | None = None
    unread: bool | None = None
    assigned: str | None = None
    keywords: str | None = None
    qualification: str | None = None
    language: str | None = None
    available_months: int | None = None

    @property
    def judges(self) -> bool:
        """Whether somebody is judged before it is known that they do not fit: not where a position or a code
        alone is asked for."""
        return self.code is None and replace(self, opening_id=None) != SearchFilter()


@dataclass(frozen=True, slots=True)
class Found:
    """One introduction that a search found, and what of it was disclosed, if that was asked for.

    `matches` is how many there are, counted to 301, and None on all pages but the first.
    """

    introduction_id: UUID
    opening_id: UUID
    opening_title: str
    opening_title_latin: str | None
    code: str
    stage: str
    introduced_at: datetime
    selection_open: bool
    decided_at: datetime | None
    contact_until: datetime | None
    inactive_at: datetime | None
    outcome: str | None
    matches: int | None
    unread: bool
    assignee: str | None
    changed_at: datetime
    stage_place: int
    disclosed: Disclosure | None


FIRST_ID = UUID(int=0)  # before all others of its moment
FOUND = tuple(column.name for column in fields(Found) if column.name != "disclosed")


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, in the order of the list. `reached` is how far it looked, where its step ended before
    everything was looked through and before the page was full; `matches` how many were found so far, as in `Found`."""

    found: list[Found]
    matches: int | None
    reached: "Place | None" = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a list begins: after (or, backwards, before) this introduction. `stage` is that of a list that
    is sorted by it."""

    at: datetime
    id: UUID
    backwards: bool = False
    stage: int = 0


def place_key(found: Found | Basis, order: Order) -> tuple[int, datetime, UUID]:
    """What introductions are ordered by, and a cursor holds: a stage's place, a moment and the id."""
    at = found.changed_at if order == "changed" else found.introduced_at
    return found.stage_place if order == "stage" else 0, at, found.introduction_id


async def search(
    unit: Unit,
    asked: SearchFilter,
    place: Place | None,
    size: int,
    wanted: Item,
    order: Order = "introduced",
    in_steps: bool = False,
) -> Results:
    """Up to `size` (at most 100) introductions, the newest, last changed or nearest to a decision first. Records the
    search. The order "board" gives `size` of each stage, and as `matches` how many are at the row's,
    counted to 76. `in_steps` judges no more introductions than those of the step that the place is in.

    The wanted items of each but the one too many, farthest from the place, are disclosed and recorded.
    """
    rows = await unit.fetch(
        SEARCH,
        *astuple(asked),
        place.at if place else None,
        place.id if place else None,
        place.backwards if place else False,
        size,
        int(wanted),
        order,
        place.stage if place else None,
        in_steps,
    )
    last = rows[-1] if rows and rows[-1]["introduction_id"] is None else None
    found = [
        Found(**{name: row[name] for name in FOUND}, disclosed=disclosure_of(row) if row["disclosed"] else None)
        for row in rows[: -1 if last else None]
    ]
    reached = last and Place(last["reached_at"], FIRST_ID, stage=last["reached_place"])
    counted = place is None or (place.id == FIRST_ID and not place.backwards)
    matches = last["matches"] if last else found[0].matches if found else 0 if counted else None
    return Results(found, matches, reached)
