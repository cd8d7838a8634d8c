"""What provision records and the placement register are narrowed to, and why a person is erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.people.forms import NOTE, NOTE_HINT
from portal.people.grounds import CHANNELS
from portal.rights.erasure import GROUNDS, Ground
from portal.rights.queries import ProvisionFilter
from portal.selection.codes import telling_code_in
from portal.values.wrong import Wrong
from portal.web.field import Field, made
from portal.web.fields import choice, day, hidden, sought, text, typed

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


def _records(sent: Sequence[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(one) for one in sent)
    except ValueError:
        raise Wrong(N_("Please choose from the texts on the page.")) from None


@dataclass(frozen=True)
class ErasureForm:
    """Why a person is erased, how it was asked for, and in which free texts their name is blacked out."""

    ground: str = choice(N_("Ground"), GROUNDS, words="erasure_ground", widget="radios")
    reason: str = text(N_("Reason"), most=500, hint=N_("It is kept with the erasure: please name nobody."))
    channel: str = choice(N_("How it was said"), CHANNELS, words="channel", widget="radios", initial="paper")
    note: str = text(NOTE, most=500, hint=NOTE_HINT)
    texts: tuple[UUID, ...] = made(Field(read=_records, widget="checkboxes", required=False))
    weighed: str = hidden(str)

    @property
    def said(self) -> Ground:
        """The same as the act takes it."""
        return Ground(self.ground, self.reason, self.channel, self.note)
