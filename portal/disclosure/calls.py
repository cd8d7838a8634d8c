"""The typed calls to the gate. Nothing here decides anything: each function is one function of the gate,
and what it returns is what the database let through.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, datetime
from typing import Any, Literal, cast
from uuid import UUID

from portal.candidates.items import ALL_ITEMS, DisclosedItems, Item, Purpose, codes_of
from portal.candidates.shapes import decoded, shaped
from portal.database.unit import Unit

Action = Literal["listed", "page_shown", "resume_read", "resume_downloaded", "contact_revealed"]

DISCLOSE = (
    "select disclosed.*, stands_on.* from gate.disclose(array[$1::uuid], $2, $3, $4) as disclosed"
    " cross join lateral gate.basis(disclosed.introduction_id) as stands_on"
)
COMPARE = (
    "select disclosed.*, stands_on.* from gate.compare($1, $2) as disclosed"
    " left join lateral gate.basis(disclosed.introduction_id) as stands_on on true"
)
SEVERAL = (
    "select disclosed.*, stands_on.* from gate.disclose($1, null, 'page_shown', $2) as disclosed"
    " join lateral gate.basis(disclosed.introduction_id) as stands_on on true"
)
INDEX = "select * from gate.take_away($1, 'index_taken', $2)"
PRINTED = (
    "select disclosed.*, stands_on.* from gate.take_away($1, 'page_printed', $2) as disclosed"
    " join lateral gate.basis(disclosed.introduction_id) as stands_on on true"
)
AS_JSON = ("name", "address", "background", "qualifications", "residence_status", "japanese_level")
AS_TEXT = ("photo", "date_of_birth")  # as the ids and days that they are
IN_COLUMNS = ALL_ITEMS & ~Item.RESUME_ORIGINAL


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The items of one introduction that are open and were asked for, and the entry that recorded it."""

    introduction_id: UUID
    entry_id: UUID
    recorded_at: datetime
    purpose: Purpose
    shown: Item
    open: Item
    items: DisclosedItems

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of items that are shown and that the person has given nothing for: they hide nothing."""
        return tuple(code for code in codes_of(self.shown) if code not in self.items)


@dataclass(frozen=True, slots=True)
class Basis:
    """The introduction itself and what it rests on, in the order of `gate.basis`."""

    introduction_id: UUID
    code: str
    stage: str
    introduced_at: datetime
    opening_title: str
    opening_title_latin: str | None
    opening_description: str | None
    selection_items: Item
    contact_items: Item
    decided_at: datetime | None
    contact_until: datetime | None
    consent_given_at: datetime
    consent_until: datetime | None
    consent_items: Item
    notice_version: int
    notice_published_at: datetime
    agreement_number: str
    agreement_version: int
    agreement_until: datetime | None
    contact_days: int
    opening_closed: bool | None
    selection_held: Item
    inactive_at: datetime | None
    sources: dict[str, tuple[str, datetime | None]]
    documents: list[dict[str, Any]]
    outcomes: list[dict[str, Any]]
    assigned_to: UUID | None
    colleagues: list[tuple[UUID, str, bool]]
    notes: list[dict[str, Any]]
    scorecards: dict[str, Any]
    changed_at: datetime
    stage_place: int

    @property
    def decided(self) -> list[dict[str, Any]]:
        """The outcome that stands, after what it corrected; empty when there is none or it was undone."""
        return [one for one in self.outcomes if one["undone_at"] is None]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """Where a file lies and what opens it, in the order of `gate.open_document`."""

    entry_id: UUID
    recorded_at: datetime
    candidate_id: UUID
    kind: str
    title: str
    media_type: str
    object_key: str
    content_digest: bytes
    master_key_id: str
    wrapped_key: bytes


async def disclose(
    unit: Unit, introduction: UUID, purpose: Purpose | None, action: Action, wanted: Item
) -> tuple[Disclosure, Basis] | None:
    """The wanted items of one introduction and what it rests on; None when it is not open. Recorded either way.

    Without a purpose it is disclosed for the one whose window is open: selection, then contact.
    """
    row = await unit.fetchrow(DISCLOSE, introduction, purpose.name.lower() if purpose else None, action, int(wanted))
    return None if row is None else (disclosure_of(row), basis_of(row))


async def disclose_several(unit: Unit, chosen: Sequence[UUID], wanted: Item) -> list[tuple[Disclosure, Basis]]:
    """The same of up to 100, in the order asked for, each with its entry; those that are closed are left out."""
    rows = await unit.fetch(SEVERAL, list(chosen), int(wanted))
    return [(disclosure_of(row), basis_of(row)) for row in rows]


async def take_index(unit: Unit, chosen: Sequence[UUID], wanted: Item) -> list[Disclosure]:
    """The wanted items of those that are still open for the selection, for a sheet that leaves; each with its entry."""
    return [disclosure_of(row) for row in await unit.fetch(INDEX, list(chosen), int(wanted))]


async def take_printed(unit: Unit, chosen: Sequence[UUID], wanted: Item) -> list[tuple[Disclosure, Basis]]:
    """What the selection opens of each that is to be printed, with entry and basis; who is closed is left out."""
    rows = await unit.fetch(PRINTED, list(chosen), int(wanted))
    return [(disclosure_of(row), basis_of(row)) for row in rows]


async def compare(unit: Unit, chosen: Sequence[UUID], wanted: Item) -> list[tuple[Disclosure, Basis]] | None:
    """The wanted items of two to four introductions of one position, newest first, each with what it rests on.

    Those that are closed to the viewer are left out; None says that the open ones are of several positions.
    """
    rows = await unit.fetch(COMPARE, list(chosen), int(wanted))
    if any(row["entry_id"] is None for row in rows):
        return None
    return [(disclosure_of(row), basis_of(row)) for row in rows]


def disclosure_of(row: Any) -> Disclosure:
    """A row as `gate.disclosed_row` has it."""
    shown = Item(row["items"])
    values = {code: _value(code, row[code]) for code in codes_of(shown & IN_COLUMNS)}
    return Disclosure(
        introduction_id=row["introduction_id"],
        entry_id=row["entry_id"],
        recorded_at=row["recorded_at"],
        purpose=Purpose[row["purpose"].upper()],
        shown=shown,
        open=Item(row["open_items"]),
        items=cast(DisclosedItems, {code: value for code, value in values.items() if value is not None}),
    )


def _value(code: str, stored: Any) -> Any:
    if stored is None:
        return None
    return shaped(code, decoded(stored) if code in AS_JSON else str(stored) if code in AS_TEXT else stored)


async def basis(unit: Unit, introduction: UUID) -> Basis | None:
    """What an introduction rests on that this unit has disclosed; None when nothing of it is open to this viewer."""
    row = await unit.fetchrow("select * from gate.basis($1)", introduction)
    return None if row is None else basis_of(row)


def basis_of(row: Any) -> Basis:
    """A row as `gate.basis_row` has it."""
    return Basis(
        **{
            **{name: row[name] for name in Basis.__slots__},
            "selection_items": Item(row["selection_items"]),
            "contact_items": Item(row["contact_items"]),
            "consent_items": Item(row["consent_items"]),
            "selection_held": Item(row["selection_held"]),
            "sources": {code: _source(one) for code, one in json.loads(row["sources"] or "{}").items()},
            "documents": json.loads(row["documents"]),
            "colleagues": [(UUID(number), name, me) for number, name, me in json.loads(row["colleagues"])],
            "notes": [{**one, "at": datetime.fromisoformat(one["at"])} for one in json.loads(row["notes"] or "[]")],
            "scorecards": json.loads(row["scorecards"] or "{}"),
            "outcomes": [
                {
                    **one,
                    "recorded_at": datetime.fromisoformat(one["recorded_at"]),
                    "undone_at": datetime.fromisoformat(one["undone_at"]) if one["undone_at"] else None,
                }
                for one in json.loads(row["outcomes"])
            ],
        }
    )


def _source(stored: Any) -> tuple[str, datetime | None]:
    """Who an item came from and when it was confirmed; a moment that is none stays out."""
    one = stored if isinstance(stored, dict) else {}
    try:
        confirmed = datetime.fromisoformat(one.get("at") or "")
    except (TypeError, ValueError):
        confirmed = None
    readable = confirmed and confirmed.tzinfo and confirmed.year < MAXYEAR  # in Japan it may be a day later
    return str(one.get("source", "platform")), confirmed if readable else None


async def hand_over(unit: Unit, entry: UUID, leaves: bytes) -> tuple[Any, Any] | None:
    """Whether what an entry of this sign-in showed may still leave, asked when it is ready to; recorded either way.

    `leaves` is SHA-256 of what leaves. What comes back are the entry and the new one, as `sealed_bytes` takes them.
    """
    rows = await unit.fetch("select * from gate.hand_over($1, $2)", entry, leaves)
    return (rows[0], rows[1]) if rows else None


async def open_document(unit: Unit, introduction: UUID, document: UUID, *, saving: bool = False) -> StoredFile | None:
    """One stored file, recorded with its digest; None (and a recorded refusal) when it is not open.

    `saving`: the browser is to keep it as a file, which counts towards the day's limit.
    """
    row = await unit.fetchrow("select * from gate.open_document($1, $2, $3)", introduction, document, saving)
    return None if row is None else StoredFile(**row)
