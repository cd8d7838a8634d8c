"""Who is looking: exactly what the database answered when it was shown the session's secret."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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
    staff looks after the company. `must_change_password` is a session good for nothing but to change a
    temporary password.
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
    must_change_password: bool

    @property
    def company(self) -> str | None:
        """The company's name in the language in force; None for the operator's own staff."""
        return self.company_name and written(self.company_name, self.company_name_latin)

    @property
    def may_see_candidates(self) -> bool:
        """Whether anybody at all can be shown to this viewer: no rule, only what a page says instead of a list."""
        return self.agreement_id is not None and self.company_status == "active"
