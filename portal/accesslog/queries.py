"""Reading the log. Reading is recorded too, in the same transaction."""

import json
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.accesslog.facts import FACTS, Fact
from portal.database.unit import Unit
from portal.language.i18n import gettext, written

# The row is put together there: a connection that keeps a type's number would not outlive a gate that is built anew.
FILTER = (
    "row($1::timestamptz, $2::timestamptz, $3::uuid, $4::uuid, $5::text, $6::text, $7::text, $8::text)::gate.log_filter"
)
ENTRIES = f"select * from gate.log_entries({FILTER}, $9, $10, $11, $12, $13)"  # noqa: S608 - of fixed pieces

# The records that a fact can name, by their names.
NAMES = {
    "company": "select name, name_latin from portal.company where id = $1",
    "account": "select display_name, null from portal.account where id = $1",
    "opening": "select title, title_latin from portal.opening where id = $1",
}


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What compliance may filter by, as `gate.log_filter` orders it; None is not asked. `recorded_to` is exclusive.

    The person of `candidate_reference` is looked for where no introduction has the code.
    """

    recorded_from: datetime | None = None
    recorded_to: datetime | None = None
    company_id: UUID | None = None
    actor_id: UUID | None = None
    action: str | None = None
    decision: str | None = None
    introduction_code: str | None = None
    candidate_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after (or, backwards, before) this entry."""

    at: datetime
    id: UUID
    backwards: bool = False


async def entries(
    unit: Unit, wanted: LogFilter, place: Place | None, size: int, one: UUID | None = None
) -> list[dict[str, Any]]:
    """Up to `size` (at most 100) entries, newest first; only this `one` if it is given."""
    at, entry, backwards = (place.at, place.id, place.backwards) if place else (None, None, False)
    return [_named(row) for row in await unit.fetch(ENTRIES, *astuple(wanted), one, at, entry, backwards, size)]


def _named(row: Any) -> dict[str, Any]:
    """An entry with its company's name, if it has one, in the language in force."""
    name = row["company_name"]
    return {**row, "company_name": name and written(name, row["company_name_latin"])}


async def summary(unit: Unit, wanted: LogFilter, one: UUID | None) -> list[dict[str, Any]]:
    """What a filter finds, summed up; see `gate.log_summary`."""
    rows = await unit.fetch(f"select * from gate.log_summary({FILTER}, $9)", *astuple(wanted), one)  # noqa: S608
    return [_named(row) for row in rows]


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
    return {**_named(row), **hashes, "facts": facts}


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


async def actors(unit: Unit) -> list[tuple[UUID, str]]:
    """The accounts that entries can be filtered by."""
    return [tuple(row) for row in await unit.fetch("select id, display_name from portal.account order by display_name")]
