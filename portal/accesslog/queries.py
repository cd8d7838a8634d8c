"""Reading the log. Reading is recorded too, in the same transaction."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.accesslog.facts import FACTS, Fact
from portal.database.unit import Unit
from portal.language.i18n import gettext, written

# The row is put together there: a connection that keeps a type's number would not outlive a gate that is built anew.
TYPES = (
    "timestamptz", "timestamptz", "uuid", "uuid", "text", "text", "text", "text", "text", "text", "text", "text",
    "uuid", "uuid", "uuid", "text", "bytea", "uuid", "integer",
)  # fmt: skip
FILTER = f"row({', '.join(f'${place}::{kind}' for place, kind in enumerate(TYPES, 1))})::gate.log_filter"
NEXT = len(TYPES) + 1  # the number of the first value after the filter's


def _after(many: int) -> str:
    return ", ".join(f"${NEXT + place}" for place in range(many))


ENTRIES = f"select * from gate.log_entries({FILTER}, {_after(5)})"  # noqa: S608 - of fixed pieces
REQUESTS = f"""
select (found.line).*, found.entries, found.parts, found.near_at, found.near_id, found.far_at, found.far_id, found.more
from gate.log_requests({FILTER}, {_after(5)}) as found
"""  # noqa: S608 - of fixed pieces
SUMMARY = f"select gate.log_summary({FILTER}, {_after(2)})"

# The records that a fact can name, by their names.
NAMES = {
    "company": "select name, name_latin from portal.company where id = $1",
    "account": "select display_name, null from portal.account where id = $1",
    "opening": "select title, title_latin from portal.opening where id = $1",
}


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What compliance may filter by, as `gate.log_filter` orders it; None is not asked. `recorded_to` is exclusive.

    The person of `candidate_reference` is looked for where no introduction has the code. `request_of` and `address_of`
    are entries: those of the same request, or from the same address, are found.
    """

    recorded_from: datetime | None = None
    recorded_to: datetime | None = None
    company_id: UUID | None = None
    actor_id: UUID | None = None
    action: str | None = None
    decision: str | None = None
    introduction_code: str | None = None
    candidate_reference: str | None = None
    role: str | None = None
    purpose: str | None = None
    reason: str | None = None
    item: str | None = None
    session_id: UUID | None = None
    request_of: UUID | None = None
    address_of: UUID | None = None
    address: str | None = None
    document: bytes | None = None
    person_id: UUID | None = None
    hour: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after (or, backwards, before) this entry."""

    at: datetime
    id: UUID
    backwards: bool = False


def _named(row: Any) -> dict[str, Any]:
    """An entry with its company's name, if it has one, in the language in force."""
    name = row["company_name"]
    return {**row, "company_name": name and written(name, row["company_name_latin"])}


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of requests, newest first, and the places at its two ends; None where the log ends. `reached` is until
    when entries were looked through, where that is no further than to the end of a step (`gate.log_step`)."""

    rows: list[dict[str, Any]]
    before: Place | None
    after: Place | None
    reached: datetime | None = None


async def requests(unit: Unit, wanted: LogFilter, place: Place | None, size: int, one: UUID | None = None) -> Lines:
    """Up to `size` (at most 100) requests with what of them was found, newest first."""
    at, entry, backwards = (place.at, place.id, place.backwards) if place else (None, None, False)
    found = await unit.fetch(REQUESTS, *astuple(wanted), one, at, entry, backwards, size)
    rows = [{**_named(row), "parts": json.loads(row["parts"] or "[]")} for row in found if row["id"]]
    for row in rows:
        for part in row["parts"]:
            part["at"] = datetime.fromisoformat(part["at"])
    step = next((row for row in found if not row["id"]), None)
    further = Place(step["far_at"], step["far_id"]) if step else None
    if not rows:
        return Lines([], None, further, further.at if further else None)
    first, last = rows[0], rows[-1]
    # In the order of the page; "near" and "far" are told in the order in which the log was read.
    top, bottom = ("far", "near") if backwards else ("near", "far")
    more = bool(first["more"])
    before = Place(first[f"{top}_at"], first[f"{top}_id"], True) if (more if backwards else place) else None
    if further and not more:
        return Lines(rows, before, further, further.at)
    after = Place(last[f"{bottom}_at"], last[f"{bottom}_id"]) if (backwards or more) else None
    return Lines(rows, before, after)


async def summary(
    unit: Unit, wanted: LogFilter, one: UUID | None, holidays: Sequence[date] = ()
) -> dict[str, Any] | None:
    """What a filter finds, summed up; see `gate.log_summary`. None for whoever may not ask."""
    found = await unit.fetchval(SUMMARY, *astuple(wanted), one, list(holidays))
    if found is None:
        return None
    told: dict[str, Any] = json.loads(found)
    for row in told["rows"]:
        row.update(_named(row), first_at=_moment(row["first_at"]), last_at=_moment(row["last_at"]))
    counts: dict[str, list[dict[str, Any]]] = {}
    for one_count in told["counts"]:
        name = one_count["name"]
        one_count["name"] = name and written(name, one_count["name_latin"])
        counts.setdefault(one_count["dimension"], []).append(one_count)
    moments = {name: _moment(told[name]) for name in ("counted_since", "first_at", "last_at")}
    return {**told, "counts": counts, **moments}


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that somebody kept: `asked` is what its address holds."""

    id: UUID
    name: str
    asked: str


async def saved_searches(unit: Unit) -> list[Saved]:
    """Those of the viewer."""
    return [Saved(**row) for row in await unit.fetch("select * from gate.saved_searches()")]


async def save_search(unit: Unit, name: str, asked: str) -> bool:
    """Keep a search under a name; False when the viewer may not, or has fifty."""
    kept: bool = await unit.fetchval("select gate.save_search($1, $2)", name, asked)
    return kept


async def forget_search(unit: Unit, search: UUID) -> bool:
    """Forget one of the viewer's own."""
    gone: bool = await unit.fetchval("select gate.forget_search($1)", search)
    return gone


async def entry(unit: Unit, asked: UUID) -> dict[str, Any] | None:
    """One entry, its digests in hex; None when there is none."""
    row = await unit.fetchrow(ENTRIES, *astuple(LogFilter()), asked, None, None, False, 1)
    if row is None:
        return None
    digest: bytes | None = row["document_digest"]
    paper: bytes | None = row["agreement_digest"]
    facts = [await _told(unit, key, value) for key, value in json.loads(row["facts"] or "{}").items()]
    hashes = {
        "document_digest": digest and digest.hex(),
        "agreement_digest": paper and paper.hex(),
        "commitment": row["commitment"].hex(),
    }
    return {**_named(row), **hashes, "facts": facts, "row": row}


async def _told(unit: Unit, key: str, value: Any) -> tuple[str, str, Any]:
    """A fact as a page shows it: what it is, the macro that has the words of its value, and the value."""
    fact = FACTS.get(key, Fact("flag", key))
    if fact.kind in NAMES:
        row = await unit.fetchrow(NAMES[fact.kind], UUID(value))
        return gettext(fact.label), "", written(*row) if row else value
    if fact.kind == "moment":
        return gettext(fact.label), "moment", datetime.fromisoformat(value)
    return gettext(fact.label), fact.words or fact.kind, value


async def seal(unit: Unit) -> dict[str, Any]:
    """How far the log is sealed, published and cosigned, and the newest verifications; see `gate.log_seal`. Only for
    compliance."""
    sealed = dict(await unit.fetchrow("select * from gate.log_seal()"))
    published = await unit.fetch("select * from gate.log_publication()")
    return sealed | {
        "published": published[0] if published else None,
        "sink": await unit.fetchrow("select * from gate.log_sink()"),
        "witnesses": await unit.fetch("select * from gate.log_witnesses()"),
        "verifications": await unit.fetch("select * from gate.log_verifications()"),
    }


async def ask_verification(unit: Unit) -> bool | None:
    """Have the whole log verified; false when that is under way already, None when the viewer may not."""
    asked: bool | None = await unit.fetchval("select gate.ask_verification()")
    return asked
