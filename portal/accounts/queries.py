"""Reads about accounts and sessions. The gate's functions and the policies know the viewer by themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.accounts.actions import Details
from portal.accounts.agents import summary
from portal.database.paging import Key
from portal.database.unit import Unit
from portal.language.i18n import by_title, gettext, written

CALLED = "select * from gate.accounts_called($1)"
COLLEAGUES = """
select id, display_name from portal.account
where company_id = $1 and status = 'active' and role in ('recruiter', 'employer_admin') order by display_name, id
"""


@dataclass(frozen=True, slots=True)
class Called:
    """An account that was looked for by what it is called."""

    id: UUID
    display_name: str
    email: str
    is_just_that: bool

    @property
    def label(self) -> str:
        """Its name, and its address behind it."""
        return gettext("%(name)s (%(mark)s)") % {"name": self.display_name, "mark": self.email}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One line of the administrator's list. `companies` is how many it looks after."""

    id: UUID
    display_name: str
    email: str
    role: str
    company_id: UUID | None
    company_name: str | None
    company_name_latin: str | None
    status: str
    suspension_reason: str | None
    last_signed_in_at: datetime | None
    password_changed_at: datetime | None
    companies: int

    @property
    def company(self) -> str | None:
        """The company's name, as this reader reads it; None for the operator's own staff."""
        return self.company_name and written(self.company_name, self.company_name_latin)


@dataclass(frozen=True, slots=True)
class OneAccount(AccountRow):
    """One account on its own page."""

    locale: str
    live_sign_ins: int

    @property
    def details(self) -> Details:
        """What can be changed of it."""
        return Details(self.display_name, self.email, self.role, self.company_id)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One live sign-in of the viewer's own account."""

    id: UUID
    started_at: datetime
    last_seen_at: datetime
    ip: str | None
    agent_summary: str
    current: bool


async def accounts_called(unit: Unit, asked: str) -> list[Called]:
    """Up to 20 accounts that are called so, those first that are called just that; for compliance."""
    return [Called(**row) for row in await unit.fetch(CALLED, asked)]


async def my_sessions(unit: Unit) -> list[SessionRow]:
    """The viewer's live sessions, the last used first."""
    rows = await unit.fetch("select * from gate.my_sessions()")
    return [
        SessionRow(
            row["id"],
            row["started_at"],
            row["last_seen_at"],
            row["ip"],
            summary(row["agent"]),
            row["current"],
        )
        for row in rows
    ]


async def accounts(unit: Unit, q: str, role: str, place: Key | None, backwards: bool) -> list[AccountRow]:
    """Up to 51 accounts by e-mail address, for an administrator, after the address at `place` or before it.

    PostgreSQL answers PT403 to anyone else: to them there is no such account.
    """
    address = place[0] if place else None
    rows = await unit.fetch("select * from gate.accounts($1, $2, $3, $4)", q, role, address, backwards)
    found = [AccountRow(**row) for row in rows]
    return found[::-1] if backwards else found


def key_of(row: AccountRow) -> Key:
    """What the list is ordered by; personal data."""
    return (row.email.lower(),)


async def account(unit: Unit, asked: UUID) -> OneAccount | None:
    """One account, for an administrator; None when there is none."""
    row = await unit.fetchrow("select * from gate.account_of($1)", asked)
    return None if row is None else OneAccount(**row)


async def halted_since(unit: Unit, account: UUID | None, company: UUID | None = None) -> datetime | None:
    """Since when an ending of this account or company binds that is still to be written to its record."""
    since: datetime | None = await unit.fetchval("select gate.halted_since($1, $2)", account, company)
    return since


async def looked_after(unit: Unit, manager: UUID) -> list[tuple[UUID, str]]:
    """The companies that an account manager looks after, by name."""
    return by_title(
        await unit.fetch("select id, name, name_latin from portal.company where account_manager_id = $1", manager)
    )


async def own_colleagues(unit: Unit) -> list[tuple[UUID, str]]:
    """The people of the viewer's company who work with candidates, the viewer included, by name."""
    return [(row["id"], row["display_name"]) for row in await unit.fetch(COLLEAGUES, unit.who.company_id)]
