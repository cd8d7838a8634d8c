"""What administrators send about one account: what it is from now on, or why it is suspended; and what it leaves."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from portal.accounts.actions import Details, HandOver
from portal.accounts.forms import NewAccountForm
from portal.language.i18n import N_
from portal.values.text import LONGEST_REASON
from portal.values.wrong import Wrong
from portal.web.field import single
from portal.web.fields import CHOOSE, hidden, text

NOBODY = "nobody"
STALE = N_("This page is out of date. Please open it again.")


def heir(label: str, *, required: bool = True, hint: str = "") -> Any:
    """Who looks after companies from now on: the id of an account that the page offers, or NOBODY for now."""

    def read(raw: str) -> str:
        if not raw:
            raise Wrong(CHOOSE)
        return raw

    return single(read, required=required, widget="select", label=label, hint=hint, blank=N_("Please choose"))


def digest_of(companies: Sequence[UUID]) -> str:
    """Which companies a page is about, in a length that does not grow with their number."""
    return sha256(b"".join(one.bytes for one in sorted(companies))).hexdigest()


def handed_over(companies: Sequence[UUID], shown: str, chosen: str | None) -> HandOver | None:
    """What is decided about companies; None when nothing is, and nothing is said of others than the page was about."""
    decided = companies if digest_of(companies) == shown else ()
    return HandOver(decided, None if chosen == NOBODY else UUID(chosen)) if chosen else None


@dataclass(frozen=True)
class SuspendForm:
    """Why an account is suspended."""

    reason: str = text(N_("Reason"), most=LONGEST_REASON)

    def left(self, companies: Sequence[UUID]) -> HandOver | None:
        """It looks after nothing."""
        return None


@dataclass(frozen=True)
class SuspendManagerForm(SuspendForm):
    """The same of somebody who looks after companies, and who does so from now on."""

    heir: str = heir(N_("Who looks after these companies from now on"))
    companies: str = hidden(str)

    def left(self, companies: Sequence[UUID]) -> HandOver | None:
        """What is handed over to whom."""
        return handed_over(companies, self.companies, self.heir)


def seen() -> Any:
    """What stood on the page that an account is changed on."""

    def read(raw: str) -> Details:
        try:
            name, address, role, company = json.loads(raw)
            if any("\0" in str(one).encode().decode() for one in (name, address, role)):
                raise Wrong(STALE)
            return Details(str(name), str(address), str(role), UUID(company) if company else None)
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise Wrong(STALE) from None

    return hidden(read)


def as_seen(details: Details) -> str:
    """What a page says of what stands on it."""
    return json.dumps([details.display_name, details.email, details.role, str(details.company or "")])


@dataclass(frozen=True)
class ChangeAccountForm(NewAccountForm):
    """What an account is from now on, and what it was when the page was shown."""

    seen: Details = seen()

    @property
    def details(self) -> Details:
        """What is wanted."""
        return Details(self.display_name, self.email, self.role, self.company)

    def left(self, companies: Sequence[UUID]) -> HandOver | None:
        """It looks after nothing."""
        return None


@dataclass(frozen=True)
class ChangeManagerForm(ChangeAccountForm):
    """The same of somebody who looks after companies, and who does so when that is their role no more."""

    heir: str | None = heir(
        N_("Who looks after their companies from now on"),
        required=False,
        hint=N_("Needed when the role changes."),
    )
    companies: str = hidden(str)

    def left(self, companies: Sequence[UUID]) -> HandOver | None:
        """What is handed over to whom."""
        return handed_over(companies, self.companies, self.heir)
