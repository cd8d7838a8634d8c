"""Who looks after a company, who stands in, and whom they talk to there."""

from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.accounts.actions import Connection
from portal.database.unit import Unit

SAVE = "select gate.save_contact($1, $2, $3, $4, $5, $6, $7)"


@dataclass(frozen=True, slots=True)
class Keeper:
    """An account manager who looks after a company, or stands in."""

    account_id: UUID
    display_name: str
    email: str
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at a company, in the order of the gate's function; None is not given."""

    name: str
    position: str | None
    email: str | None
    telephone: str | None


async def keepers_of(unit: Unit, company: UUID) -> list[Keeper]:
    """Who looks after it, first, and who stands in; none when the viewer does neither."""
    return [Keeper(**row) for row in await unit.fetch("select * from gate.keepers_of($1)", company)]


async def name_stand_in(unit: Connection, company: UUID, who: UUID) -> str | None:
    """Let another account manager act for it, too: "named", "already" or "cannot"; None when the viewer may not."""
    said: str | None = await unit.fetchval("select gate.name_stand_in($1, $2)", company, who)
    return said


async def end_stand_in(unit: Connection, company: UUID, who: UUID) -> bool | None:
    """From the next click on they act for it no more; None when the viewer may not."""
    done: bool | None = await unit.fetchval("select gate.end_stand_in($1, $2)", company, who)
    return done


async def contacts_of(unit: Unit, company: UUID) -> list[dict[str, Any]]:
    """Whom the operator talks to at a company that the viewer looks after."""
    return [dict(row) for row in await unit.fetch("select * from gate.company_contacts($1)", company)]


async def save_contact(
    unit: Unit, company: UUID, contact: UUID | None, seen: datetime | None, wanted: Contact
) -> str | None:
    """Add a contact, or change the one that its writer knew as of `seen`.

    Returns "made", "changed", "unchanged" or "stale"; None when the viewer may not.
    """
    result: str | None = await unit.fetchval(SAVE, company, contact, seen, *astuple(wanted))
    return result


async def remove_contact(unit: Unit, company: UUID, contact: UUID) -> bool | None:
    """Keep a contact no longer; None when the viewer may not."""
    done: bool | None = await unit.fetchval("select gate.remove_contact($1, $2)", company, contact)
    return done
