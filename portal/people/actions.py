"""What is recorded of what a person says. One act, one function, one transaction; the gate writes change and entry."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from portal.database.unit import Unit
from portal.people.papers import Paper

FIND = "select * from gate.find_people($1, $2, $3)"


@dataclass(frozen=True, slots=True)
class Found:
    """A person who was looked for. `name` is there when they were looked for by name."""

    person: UUID
    reference: str
    name: str | None


@dataclass(frozen=True, slots=True)
class How:
    """How it was said, if that was asked, and the note or the place of the paper."""

    channel: str | None
    note: str


async def find(unit: Unit, number: str | None, name: str | None, ground: str | None) -> list[Found]:
    """Whom this viewer may find by their number, or up to ten by name on a ground. Recorded, each by itself."""
    rows = await unit.fetch(FIND, number, name, ground)
    return [Found(row["person"], row["reference"], row["name"]) for row in rows]


async def withdraw(unit: Unit, person: UUID, company: UUID, how: How) -> str | None:
    """Withdraw what the person last consented to about a company, as of now.

    Returns "withdrawn", or "nothing" when nothing stands; None when the viewer may not.
    """
    query = "select gate.withdraw_consent($1, $2, $3, $4)"
    result: str | None = await unit.fetchval(query, person, company, how.channel, how.note)
    return result


async def hold(unit: Unit, person: UUID, what: str, how: How) -> str | None:
    """Restrict the use of the person's data ("restriction"), or note that they object ("objection").

    Returns "done", or "already" when it stands; None when the viewer may not.
    """
    query = "select gate.hold_person($1, $2, $3, $4)"
    result: str | None = await unit.fetchval(query, person, what, how.channel, how.note)
    return result


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right instead: `said` by item, or `entry` of a list. `seen` is the mark of what was looked at."""

    said: Mapping[str, object] | None
    entry: Mapping[str, object] | None
    source: str
    seen: str


async def correct(unit: Unit, person: UUID, right: Correction, how: How, paper: Paper | None = None) -> str | None:
    """Correct items of the person, with the proof of it.

    Returns "corrected"; "tightened" when a stricter law applies from then on; "same" when it all stands; "moved" when
    it is not what was looked at; or what the proof lacks. None when the viewer may not.
    """
    said, entry, file = map(_json, (right.said, right.entry, None if paper is None else asdict(paper)))
    row = (person, said, right.source, how.channel, how.note, entry, right.seen, file)
    result: str | None = await unit.fetchval("select gate.correct_items($1, $2, $3, $4, $5, $6, $7, $8)", *row)
    return result


def _json(value: Mapping[str, object] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


async def loosen(unit: Unit, person: UUID, what: str, law: str | None, reason: str, evidence: str) -> str | None:
    """Loosen one thing of the person's law, as the viewer of compliance. Returns what was in the way, as a code."""
    refusal: str | None = await unit.fetchval(
        "select gate.loosen_law($1, $2, $3, $4, $5)", person, what, law, reason, evidence
    )
    return refusal
