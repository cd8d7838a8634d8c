"""What provision records and the placement register are narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.rights.queries import ProvisionFilter
from portal.selection.codes import telling_code_in
from portal.web.fields import choice, day, sought, text, typed

FILES = ("csv", "pdf")


def _until(of: date | None) -> datetime | None:
    return datetime.combine(of + timedelta(days=1), time.min, JAPAN) if of else None


def _since(of: date | None) -> datetime | None:
    return datetime.combine(of, time.min, JAPAN) if of else None


@dataclass(frozen=True)
class ProvisionSearch:
    """Days are Japanese ones; the last one is included."""

    number: str = typed(N_("Person's number or introduction's code"), most=40, code=telling_code_in)
    company: UUID | None = sought(N_("Recipient"), required=False)
    since: date | None = day(N_("Provided from"), required=False)
    until: date | None = day(N_("Provided to"), required=False)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """The last day does not come before the first."""
        since, until = read.get("since"), read.get("until")
        if since is None or until is None or since <= until:
            return {}
        return {"until": Said(N_("The last day comes before the first. Please change one of them."))}

    @property
    def filter(self) -> ProvisionFilter:
        """The same in the gate's words."""
        return ProvisionFilter(self.company, self.number or None, _since(self.since), _until(self.until))


@dataclass(frozen=True)
class ProvisionFile(ProvisionSearch):
    """The same search, and the form of the file."""

    form: str = choice("", FILES, words="export_form")


@dataclass(frozen=True)
class RegisterFile:
    """The register of a time, and the form of the file."""

    since: date | None = day(N_("Introduced from"), required=False)
    until: date | None = day(N_("Introduced to"), required=False)
    form: str = choice(N_("Form of the file"), FILES, words="export_form")

    @property
    def times(self) -> tuple[datetime | None, datetime | None]:
        """From when to when."""
        return _since(self.since), _until(self.until)


@dataclass(frozen=True)
class ReceivedFile:
    """The form of the company's own record."""

    form: str = choice("", FILES, words="export_form")


@dataclass(frozen=True)
class ContractForm:
    """The contract that stands in for a record; empty for none."""

    contract: str = text(N_("Number or place of the contract"), most=200, required=False)
