"""Who is looking: exactly what the database answered when it was shown the session's secret."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.language.i18n import written


def new_secret() -> str:
    """A session's secret: 256 random bits, as 43 characters that fit a cookie and a header."""
    return secrets.token_urlsafe(32)


class Role(StrEnum):
    """What an account is for; its value is the code that the database uses."""

    RECRUITER = "recruiter"
    EMPLOYER_ADMIN = "employer_admin"
    ACCOUNT_MANAGER = "account_manager"
    COMPLIANCE = "compliance"
    ADMINISTRATOR = "administrator"


EMPLOYER = (Role.RECRUITER, Role.EMPLOYER_ADMIN)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A live session and its account, in the order of the columns of `gate.arrive`.

    `agreement_id` is the agreement under which this account may work now. `must_accept` is the
    company's newest agreement in force when the account has not accepted its undertaking yet: nothing is open
    then, or an older agreement's grace days are running. The manager is whoever of the operator's
    staff looks after the company, `stand_ins` who acts for it besides. `must_change_password` is a session good for
    nothing but to change a temporary password. `outside_networks`: the company
    named networks, and this request comes from none of them.
    `to_delete` counts, for an account manager, the duties to delete that their companies have open, up to 100.
    `keys`: single keys do something for this account.
    """

    session_id: UUID
    account_id: UUID
    role: Role
    display_name: str
    email: str
    locale: str
    company_id: UUID | None
    company_name: str | None
    company_name_latin: str | None
    company_status: str | None
    agreement_id: UUID | None
    must_accept: UUID | None
    started_at: datetime
    manager_name: str | None
    manager_email: str | None
    stand_ins: list[str]
    must_change_password: bool
    outside_networks: bool
    to_delete: int | None
    keys: bool

    @property
    def company(self) -> str | None:
        """The company's name in the language in force; None for the operator's own staff."""
        return self.company_name and written(self.company_name, self.company_name_latin)

    @property
    def may_see_candidates(self) -> bool:
        """Whether anybody at all can be shown to this viewer: no rule, only what a page says instead of a list."""
        return self.agreement_id is not None and self.company_status == "active" and not self.outside_networks


@dataclass(frozen=True, slots=True)
class LinkVisitor:
    """Somebody who came by a personal link, and whose it is. No viewer: no page but those of its kind is for them.

    `awaits_code` is a browser that has yet to enter the code that was sent to the link's owner.
    """

    session_id: UUID
    link_id: UUID
    kind: str
    email: str
    display_name: str
    locale: str
    ends_at: datetime
    awaits_code: bool


def arrived(row: Mapping[str, Any] | None) -> tuple[Viewer | None, LinkVisitor | None]:
    """Who the row of `gate.arrive` says it is: a viewer, somebody with a personal link, or nobody."""
    if row is None:
        return None, None
    if row["link_id"] is not None:
        own = {name: row[name] for name in ("session_id", "link_id", "email", "display_name", "locale", "awaits_code")}
        return None, LinkVisitor(**own, kind=row["link_kind"], ends_at=row["link_ends_at"])
    return Viewer(**{name: row[name] for name in Viewer.__slots__ if name != "role"}, role=Role(row["role"])), None
