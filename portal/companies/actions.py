"""What is done to companies. One act, one function, one transaction; the gate writes the change and its entry."""

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.accounts.actions import Connection
from portal.database.unit import Unit

LACKS = {
    "screening": "select gate.record_lacks(company) from portal.company where id = $1",
    "active": "select gate.lacking(company) from portal.company where id = $1",
}
CHANGE = "select gate.change_company($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
SUCCESSION = "select gate.record_succession($1, $2, $3, $4)"
SAVE_OPENING = "select result from gate.save_opening($1, $2, $3, $4, $5, $6, $7)"
NAMESAKE = "select * from gate.namesake($1, $2, $3)"
CREATE = "select * from gate.create_company($1, $2, $3, $4, $5, $6, $7)"


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What a company's record says, in the order of the gate's functions; None is not known."""

    corporate_number: str | None
    name: str
    name_latin: str | None
    address: str | None
    representative: str | None
    country: str
    industry: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """The company that has the corporate number or the name, and whether it is the one that was just made.

    `manager` is who looks after it; `mine` that this is the viewer.
    """

    company: UUID
    made: bool
    name: str
    name_latin: str | None
    manager: str | None
    mine: bool


async def namesake(unit: Unit, new: NewCompany) -> Numbered | None:
    """The company that is called like this one and has another number or none, if there is one."""
    row: Any = await unit.fetchrow(NAMESAKE, new.corporate_number, new.name, new.name_latin)
    return None if row is None else Numbered(*row)


async def create_company(unit: Unit, new: NewCompany) -> Numbered | None:
    """Make a company that the viewer looks after, unless there is one with its number; None when the viewer may not."""
    row: Any = await unit.fetchrow(CREATE, *astuple(new))
    return None if row is None else Numbered(*row)


async def change_company(
    unit: Unit, company: UUID, seen: datetime, wanted: NewCompany, *, confirmed: bool = False
) -> str | None:
    """Change a company's record that its writer knew as of `seen`.

    Returns "changed", "unchanged", "stale"; "suspends" when it would stop disclosure
    and nobody `confirmed` that; "bound" when no signed agreement names it so, "taken" when another company
    has the number; None when the viewer may not.
    """
    result: str | None = await unit.fetchval(CHANGE, company, seen, *astuple(wanted), confirmed)
    return result


async def record_succession(unit: Unit, company: UUID, seen: datetime, kind: str, evidence: str) -> str | None:
    """Returns "recorded", "meanwhile", "not_this_kind" or "over"; None when the viewer may not."""
    result: str | None = await unit.fetchval(SUCCESSION, company, seen, kind, evidence)
    return result


async def set_company_status(connection: Connection, company: UUID, wanted: str, reason: str) -> bool | None:
    """Set a company's state, for its account manager or a program of the operator; None when they may not.

    False when it is in no state that this leads from, or lacks something to be active.
    """
    done: bool | None = await connection.fetchval("select gate.set_company_status($1, $2, $3)", company, wanted, reason)
    return done


async def lacking(connection: Connection, company: UUID, wanted: str) -> list[str]:
    """What a company that is being set up lacks for a state, by codes: "country", "agreement" and so on."""
    return list(await connection.fetchval(LACKS[wanted], company)) if wanted in LACKS else []


async def screen_company(unit: Connection, company: UUID, outcome: str, note: str) -> str | None:
    """Approve or refuse a company that is being set up.

    Returns "screened"; "over" when it is no longer being set up, "not_sent" when nobody sent it to screening; None when
    it is not for the viewer.
    """
    said: str | None = await unit.fetchval("select gate.screen_company($1, $2, $3)", company, outcome, note)
    return said


@dataclass(frozen=True, slots=True)
class OpeningText:
    """What a position says; None is not given."""

    title: str
    title_latin: str | None
    description: str | None
    fair_screening: bool


async def save_opening(
    unit: Unit, company: UUID, opening: UUID | None, seen: datetime | None, wanted: OpeningText
) -> str | None:
    """Make a position, or change the one that its writer knew as of `seen`.

    Returns "made", "changed", "unchanged" or "stale"; None when the viewer may not.
    """
    result: str | None = await unit.fetchval(SAVE_OPENING, company, opening, seen, *astuple(wanted))
    return result


async def set_opening_status(unit: Unit, company: UUID, opening: UUID, wanted: str) -> bool | None:
    """Close a position or open it again; false when it is so already, None when the viewer may not."""
    done: bool | None = await unit.fetchval("select gate.set_opening_status($1, $2, $3)", company, opening, wanted)
    return done


async def hand_over(unit: Connection, company: UUID, heir: UUID) -> str | None:
    """Let another account manager look after a company.

    Returns "handed_over", or "no_heir" when they cannot or do so already; None when the viewer may not.
    """
    result: str | None = await unit.fetchval("select gate.hand_company_over($1, $2)", company, heir)
    return result
