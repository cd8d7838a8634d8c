"""Groups of companies: made with the company that answers for it, entered and left, and their published lists."""

from dataclasses import astuple, dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from portal.accounts.actions import Connection
from portal.database.unit import Unit
from portal.language.i18n import gettext, written

GROUPS = "select * from gate.groups($1)"
MEMBERS = "select * from gate.group_members($1)"
LISTS = "select * from gate.group_lists($1)"
OF = "select id, name, name_latin from gate.group_of($1)"
OFFERED = "select * from gate.groups_to_enter($1, $2)"
MAKE = "select result, group_id from gate.make_group($1, $2, $3, $4, $5, $6)"
PUBLISH = "select gate.publish_list($1, $2, $3, $4)"
ADD = "select gate.add_group_member($1, $2)"
LEAVE = "select gate.leave_group($1)"


@dataclass(frozen=True, slots=True)
class PublishedList:
    """A list of a group's companies as it was published: where, when, and what it says."""

    address: str
    published_on: date
    text: str


async def groups(unit: Unit | asyncpg.Connection) -> list[dict[str, Any]]:
    """The groups that this viewer may read, by name, each with the company that answers for it."""
    return [_named(row) for row in await unit.fetch(GROUPS, None)]


async def one_group(unit: Unit, group: UUID) -> dict[str, Any] | None:
    """One of them; None when it is none of the viewer's."""
    row = await unit.fetchrow(GROUPS, group)
    return None if row is None else _named(row)


def _named(row: Any) -> dict[str, Any]:
    responsible = row["responsible"] and written(row["responsible"], row["responsible_latin"])
    return {**row, "name": written(row["name"], row["name_latin"]), "responsible": responsible}


async def members(unit: Unit | asyncpg.Connection, group: UUID) -> list[dict[str, Any]]:
    """The companies that are or were in a group, those that are first."""
    return [{**row, "name": written(row["name"], row["name_latin"])} for row in await unit.fetch(MEMBERS, group)]


async def lists(unit: Unit | asyncpg.Connection, group: UUID) -> list[dict[str, Any]]:
    """A group's published lists, the newest first."""
    return [{**row, "digest": row["digest"].hex()} for row in await unit.fetch(LISTS, group)]


async def group_of(unit: Unit, company: UUID) -> tuple[UUID, str] | None:
    """The group that a company is in, by id and name; None when it is in none, or it is none of the viewer's."""
    row = await unit.fetchrow(OF, company)
    return None if row is None else (row["id"], written(row["name"], row["name_latin"]))


@dataclass(frozen=True, slots=True)
class Offered:
    """A group that a company can enter, with the company that answers for it."""

    id: UUID
    name: str
    name_latin: str | None
    responsible: str
    responsible_latin: str | None
    is_just_that: bool

    @property
    def label(self) -> str:
        """Its name in the language in force, and in brackets who answers for it."""
        name = written(self.name, self.name_latin)
        return gettext("%(name)s (%(mark)s)") % {
            "name": name,
            "mark": written(self.responsible, self.responsible_latin),
        }


async def offered(unit: Unit, company: UUID, named: str = "") -> list[Offered]:
    """Up to 20 groups that a company of this viewer's can enter and that are called so."""
    return [Offered(**row) for row in await unit.fetch(OFFERED, company, named)]


async def make_group(
    unit: Connection, responsible: UUID, name: str, name_latin: str | None, published: PublishedList
) -> tuple[str, UUID | None] | None:
    """Returns "made" with the group's id, or "in_group" when the company is in one; None when the viewer may not."""
    row = await unit.fetchrow(MAKE, responsible, name, name_latin, *astuple(published))
    return None if row is None else (row["result"], row["group_id"])


async def answer_for(program: Connection, group: UUID, company: UUID) -> str:
    """Let a member answer for a group that nobody answers for yet, by a program of the operator: "answers", "answered"
    when one does, or "no_member"."""
    answer: str = await program.fetchval("select gate.answer_for_group($1, $2)", group, company)
    return answer


async def publish_list(unit: Connection, group: UUID, published: PublishedList) -> bool | None:
    """Keep a newer version. False when it stands like this already; None when the viewer may not."""
    done: bool | None = await unit.fetchval(PUBLISH, group, *astuple(published))
    return done


async def add_member(unit: Connection, group: UUID, company: UUID) -> str | None:
    """Returns "added", "in_group" when the company is in one already, or "not_listed" when the group's newest list does
    not name it; None when the viewer may not."""
    answer: str | None = await unit.fetchval(ADD, group, company)
    return answer


async def leave_group(unit: Connection, company: UUID) -> str | None:
    """Returns "left", "responsible" when it answers for the group and others are in it, or "none" when it is in none;
    None when the viewer may not."""
    answer: str | None = await unit.fetchval(LEAVE, company)
    return answer
