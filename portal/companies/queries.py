"""Reading companies and openings. The policies of the database choose the rows; nothing here does."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.accounts.tables import Account
from portal.companies.tables import BOARD, Company, Opening
from portal.database.paging import Key
from portal.database.unit import Unit
from portal.language.i18n import by_title, gettext, language, written

PARTICULARS = ("name", "corporate_number", "country", "address", "representative")
CALLED = "select * from gate.companies_called($1, $2)"
PAGE = "select * from gate.company_board($1, $2, $3, $4, $5, $6, $7)"
ENDED = ("suspended", "terminated")
TO_SEND = ("submission", "approval")  # what a company waits for that can be sent to screening
STAGES_OF = "select * from gate.company_stages($1)"
STAGE_COUNTS = "select * from gate.company_stage_counts()"
NO_COMPANY = UUID(int=0)  # a list of none cannot be asked for
# In SQL, because every list asks it and building the same query cost a tenth of the web process's part.
OPENINGS = "select id, title, title_latin from portal.opening where company_id = $1"
LAST_SIGN_INS = "select * from gate.last_sign_ins({})"


async def own_openings(unit: Unit) -> list[tuple[UUID, str]]:
    """The openings of the viewer's company, by title."""
    rows = await unit.fetch(OPENINGS, unit.who.company_id)
    return by_title((row["id"], row["title"], row["title_latin"]) for row in rows)


@dataclass(frozen=True, slots=True)
class Called:
    """A company that was looked for by what it is called. `mark` tells it from others of its name."""

    id: UUID
    name: str
    name_latin: str | None
    mark: str
    manager: str | None
    is_just_that: bool

    @property
    def label(self) -> str:
        """Its name in the language in force, and its mark behind it."""
        return gettext("%(name)s (%(mark)s)") % {"name": written(self.name, self.name_latin), "mark": self.mark}


async def companies_called(unit: Unit, asked: str, going_on: bool) -> list[Called]:
    """Up to 20 companies that this viewer may read and that are called so, those first whose name is just that."""
    return [Called(**row) for row in await unit.fetch(CALLED, asked, going_on)]


async def company_names(among: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Of some companies those that this viewer may read, by name."""
    rows = await Company.select(Company.id, Company.name, Company.name_latin).where(
        Company.id.is_in([*among, NO_COMPANY])
    )
    return by_title((row["id"], row["name"], row["name_latin"]) for row in rows)


def _named(row: dict[str, Any]) -> dict[str, Any]:
    """A company with its name in the language in force, and as `other_name` the one in the other letters, if any."""
    name = written(row["name"], row["name_latin"])
    other = next((one for one in (row["name"], row["name_latin"]) if one != name), None)
    return {**row, "name": name, "other_name": other}


async def companies(
    unit: Unit, asked: str, stage: str | None, place: Key | None, backwards: bool, most: int
) -> list[dict[str, Any]]:
    """Up to `most` of the companies this viewer may read, by name, after the one at `place` or before it.

    `asked` is part of a name in either kind of letters, or a whole corporate number. Each comes with where it stands,
    its open positions, and the number and the end of its newest agreement in force.
    """
    name, one = place or (None, None)
    found = await unit.fetch(PAGE, asked or None, stage, language() == "ja", name, one, backwards, most)
    return [_named(dict(row)) for row in (reversed(found) if backwards else found)]


async def stages(unit: Unit, companies: list[UUID]) -> dict[UUID, dict[str, Any]]:
    """Where each of these companies stands: its stage, what it waits for, and since when.

    One that is ended is so by its `status`, too, also before its record says so.
    """
    rows = await unit.fetch(STAGES_OF, companies)
    ended = {row["company_id"]: {"status": row["stage"]} for row in rows if row["stage"] in ENDED}
    return {
        row["company_id"]: {name: row[name] for name in ("stage", "waits_for", "since")}
        | ended.get(row["company_id"], {})
        for row in rows
    }


async def can_be_screened(unit: Unit, asked: UUID) -> bool:
    """Whether a company is still to be sent to screening, or can be sent again because compliance refused it."""
    stands = await stages(unit, [asked])
    return asked in stands and stands[asked]["waits_for"] in TO_SEND


async def board(unit: Unit) -> list[tuple[str, int]]:
    """How many of this viewer's companies stand at each stage, and of how many the agreement ends soon."""
    counted = {row["stage"]: row["times"] for row in await unit.fetch(STAGE_COUNTS)}
    return [(stage, counted.get(stage, 0)) for stage in BOARD]


async def to_screen(unit: Unit) -> list[dict[str, Any]]:
    """The companies that wait for compliance's word, for compliance; those without one first."""
    rows = await unit.fetch("select * from gate.companies_to_screen()")
    return [{**row, "name": written(row["name"], row["name_latin"])} for row in rows]


async def screenings(unit: Unit, asked: UUID) -> list[dict[str, Any]]:
    """What compliance said of a company so far, the newest first; for compliance."""
    return [dict(row) for row in await unit.fetch("select * from gate.screenings($1)", asked)]


async def in_succession(unit: Unit, asked: UUID | None = None) -> list[dict[str, Any]]:
    """The companies whose identity became another, or one of them, for compliance: what it was and is, key by key."""
    rows = await unit.fetch("select * from gate.companies_in_succession($1)", asked)
    found = []
    for row in rows:
        former, later, recorded = (json.loads(row[name]) for name in ("former", "later", "recorded"))
        differences = [(key, former[key], later[key]) for key in PARTICULARS if former[key] != later[key]]
        said = [{**one, "recorded_at": datetime.fromisoformat(one["recorded_at"])} for one in recorded]
        name = written(row["name"], row["name_latin"])
        found.append({**row, "name": name, "differences": differences, "recorded": said})
    return found


def key_of(company: dict[str, Any]) -> Key:
    """What the list is ordered by."""
    return company["sorted_by"], company["id"]


async def company(asked: UUID) -> dict[str, Any] | None:
    """One company this viewer may read, with its group's name; None when there is none to this viewer."""
    found = await company_record(asked)
    if found is None:
        return None
    group = await Company.raw("select id, name, name_latin from gate.group_of({})", asked)
    found = {**_named(found), "group_id": None, "group_name": None}
    for one in group:  # at most one
        found |= {"group_id": one["id"], "group_name": written(one["name"], one["name_latin"])}
    return found


async def company_record(asked: UUID) -> dict[str, Any] | None:
    """The record of a company this viewer may read, as it stands; None when there is none to this viewer."""
    return await Company.select().where(Company.id == asked).first()


async def is_bound(unit: Unit, asked: UUID) -> bool:
    """Whether agreements or consents stand on a company's identity, so that a change of it stops disclosure."""
    return bool(await unit.fetchval("select gate.is_bound($1)", asked))


async def may_keep(unit: Unit, act: str, asked: UUID) -> bool:
    """Whether the viewer looks after this company. When not, the act that they wanted is entered as refused."""
    return bool(await unit.fetchval("select gate.may_keep_company($1, $2)", act, asked))


async def lacking(unit: Unit, asked: UUID) -> list[str]:
    """What a company of this viewer's lacks before it can be active, as codes."""
    return list(await unit.fetchval("select gate.company_lacks($1)", asked) or [])


async def opening(company: UUID, asked: UUID) -> dict[str, Any] | None:
    """One opening of a company this viewer may read."""
    return await Opening.select().where(Opening.id == asked, Opening.company_id == company).first()


async def openings_of(asked: UUID) -> list[dict[str, Any]]:
    """A company's openings, by title."""
    rows = await Opening.select().where(Opening.company_id == asked).order_by(Opening.title)
    return [{**row, "title": written(row["title"], row["title_latin"])} for row in rows]


async def people_of(asked: UUID) -> list[dict[str, Any]]:
    """A company's accounts, by name, with when each signed in last."""
    rows = await (
        Account.select(
            Account.id,
            Account.display_name,
            Account.email,
            Account.role,
            Account.status,
            Account.suspended_by_company,
        )
        .where(Account.company_id == asked)
        .order_by(Account.display_name)
    )
    last = {row["account_id"]: row["signed_in_at"] for row in await Account.raw(LAST_SIGN_INS, asked)}
    return [{**row, "last_signed_in_at": last.get(row["id"])} for row in rows]


async def account_managers(unit: Unit) -> list[tuple[UUID, str]]:
    """Who can look after companies, by name, for an account manager or an administrator."""
    rows = await unit.fetch("select * from gate.account_managers()")
    return [(row["id"], f"{row['display_name']} ({row['email']})") for row in rows]
