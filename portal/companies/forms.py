"""What account managers send about companies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from portal.companies.actions import NewCompany, OpeningText
from portal.companies.queries import companies_called
from portal.companies.tables import BOARD, INDUSTRIES, SCREENED, SUCCESSIONS
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said
from portal.values import networks as ranges
from portal.values import places
from portal.values.networks import Network
from portal.values.text import LONGEST_REASON
from portal.values.wrong import Wrong
from portal.web.field import Field, first, made
from portal.web.fields import (
    choice,
    corporate_number,
    country,
    email,
    hidden,
    lines,
    text,
    ticked,
    typed,
)
from portal.web.forms import Form
from portal.web.sought import sought_in

T = TypeVar("T")
BEFORE_SCREENING = N_("needed before it is screened")
NO_COMPANY = N_("No company is called that. Please enter part of its name, or its whole corporate number.")
FAIR_SCREENING = N_(
    "Fair screening: nationality, gender, age, date of birth and photo stay closed until the selection is at "
    "the offer, and until then the resume is made without them."
)


def number_in(asked: str) -> str | None:
    """The corporate number that somebody typed; None for anything else, which may be a name."""
    try:
        return places.corporate_number(asked)
    except Wrong:
        return None


@dataclass(frozen=True)
class CompanySearch:
    """What the list of companies is narrowed to."""

    name: str = typed(N_("Name or corporate number"), most=100, code=number_in)
    stage: str | None = choice(N_("Status"), BOARD, words="company_stage", required=False, blank=N_("All"))


@dataclass(frozen=True)
class NewCompanyForm:
    """A company as far as its account manager knows it: begun with its name, sent to screening once it is whole."""

    country: str = country(N_("Country"), initial="JP")
    corporate_number: str | None = corporate_number(
        N_("Corporate number"),
        required=False,
        later=BEFORE_SCREENING,
        hint=N_("13 digits. Every company registered in Japan has one; a company abroad has none."),
    )
    name: str = text(N_("Name in Japanese"), most=200)
    name_latin: str = text(
        N_("Name in Latin letters"),
        most=200,
        required=False,
        hint=N_("Candidates and colleagues who do not read Japanese see this one."),
    )
    address: str = text(
        N_("Address"),
        most=300,
        required=False,
        later=BEFORE_SCREENING,
        hint=N_("As registered; it stands in the agreement."),
    )
    representative: str = text(
        N_("Representative"),
        most=200,
        required=False,
        later=BEFORE_SCREENING,
        hint=N_("Name and title of who may sign for it."),
    )
    industry: str = choice(N_("Industry"), INDUSTRIES, words="industry", blank=N_("Choose an industry"))

    @property
    def company(self) -> NewCompany:
        """The same as the act takes it."""
        return NewCompany(
            self.corporate_number,
            self.name,
            self.name_latin or None,
            self.address or None,
            self.representative or None,
            self.country,
            self.industry,
        )


def known(raw: str) -> UUID | None:
    """The company that the page named; None before it named any."""
    try:
        return UUID(raw)
    except ValueError:
        return None


@dataclass(frozen=True)
class FirstCompanyForm(NewCompanyForm):
    """The same, and the company of that name that its writer was told of: sent again, it is meant to be another."""

    namesake: UUID | None = hidden(known)


UNSEEN = ("seen", "began")
"""The fields of a form by which it is known whether somebody else changed what it shows, and what."""
BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


def moment(raw: str) -> datetime:
    """When what a form shows was changed last, as `seen_at` writes it; without one, before all time."""
    try:
        found = datetime.fromisoformat(raw).astimezone(UTC)
    except (ValueError, OverflowError):
        return BEFORE_ALL
    return found if found > BEFORE_ALL else BEFORE_ALL


def began_with(raw: str) -> dict[str, str]:
    """What stood in a form's fields when it was shown, by their names; nothing for what `knowing` did not write."""
    try:
        found = json.loads(raw or "{}")
    except (ValueError, RecursionError):
        return {}
    return {name: one for name, one in found.items() if isinstance(one, str)} if isinstance(found, dict) else {}


def knowing(stands: Mapping[str, str], row: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a form, with what it has to know of that."""
    return {**stands, "seen": seen_at(row), "began": json.dumps(stands, ensure_ascii=False)}


def weighed_networks(raw: str) -> tuple[Network, ...] | None:
    """Those whose effect was shown; None before any was. A marker tells none at all from nothing shown."""
    return ranges.networks(raw.removeprefix("=")) if raw.startswith("=") else None


def seen_at(row: Mapping[str, Any]) -> str:
    """When a company or a position was changed last, for its form."""
    return str(row["changed_at"].isoformat())


@dataclass(frozen=True)
class CompanyForm(NewCompanyForm):
    """A company's record, as long as nothing stands on it."""

    seen: datetime = hidden(moment)
    began: dict[str, str] = hidden(began_with)


@dataclass(frozen=True)
class BoundCompanyForm(CompanyForm):
    """The same when agreements or consents stand on who the company is: it is named whole."""

    corporate_number: str | None = corporate_number(N_("Corporate number"), required=False, later=N_("needed in Japan"))
    address: str = text(N_("Address"), most=300, hint=N_("As registered; it stands in the agreement."))
    representative: str = text(N_("Representative"), most=200, hint=N_("Name and title of who may sign for it."))
    confirmed: bool = ticked(
        N_("If this changes who the company is: nothing may be disclosed to it until compliance has recorded that.")
    )

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """A company in Japan is named by its number."""
        if read.get("country") == "JP" and "corporate_number" in read and read["corporate_number"] is None:
            return {"corporate_number": Said(N_("Please enter the corporate number of a company in Japan."))}
        return {}


def record_of(company: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a company's form: each field as text, empty for what is not known."""
    stands = {name: company[name] or "" for name in NewCompany.__dataclass_fields__}
    return knowing(stands, company)


@dataclass(frozen=True)
class NetworksForm:
    """The networks that a company's people may come from; `weighed` are those whose effect was shown."""

    networks: tuple[Network, ...] = made(
        Field(
            read=first(ranges.networks),
            widget="textarea",
            label=N_("Networks"),
            required=False,
            most=2000,
            hint=N_("One on each line, in CIDR form, such as 203.0.113.0/24. The company's IT department knows them."),
        )
    )
    weighed: tuple[Network, ...] | None = hidden(weighed_networks)
    seen: tuple[Network, ...] = hidden(ranges.networks)


@dataclass(frozen=True)
class ReasonForm:
    """Why a company is activated, reactivated or suspended."""

    reason: str = text(
        N_("Reason"), most=LONGEST_REASON, hint=N_("It stands on the company's page; no candidate's name in it.")
    )


@dataclass(frozen=True)
class SendingForm:
    """What compliance should know of a company that it is to screen."""

    reason: str = text(
        N_("Why it should be taken on"),
        most=LONGEST_REASON,
        hint=N_("What you know of it, and from where. Compliance reads it; no candidate's name in it."),
    )


@dataclass(frozen=True)
class TerminationForm(ReasonForm):
    """Why a company is terminated, and that this is meant."""

    sure: bool = ticked(N_("I know that this cannot be undone."))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """It is meant."""
        return {} if read.get("sure") else {"sure": Said(N_("Please tick this box: terminating cannot be undone."))}


@dataclass(frozen=True)
class ScreeningForm:
    """What compliance says of a company that is being set up."""

    outcome: str = choice(N_("Result of the screening"), SCREENED, words="screening", blank=N_("Choose a result"))
    note: str = lines(
        N_("Note"),
        most=2000,
        hint=N_("What was looked at, and why it is decided so. Compliance alone reads it; no candidate's name in it."),
    )


@dataclass(frozen=True)
class SuccessionForm:
    """What compliance records of a company that became another."""

    kind: str = choice(
        N_("What became of the company"), SUCCESSIONS, words="succession", blank=N_("Choose what happened")
    )
    evidence: str = text(
        N_("Evidence"),
        most=500,
        hint=N_("Where the proof is, such as an extract of the register. No candidate's name in it."),
    )
    seen: datetime = hidden(moment)


@dataclass(frozen=True)
class OpeningForm:
    """A position that a company recruits for."""

    title: str = text(N_("Title in Japanese"), most=200)
    title_latin: str = text(N_("Title in English"), most=200, required=False)
    description: str = lines(N_("Description"), most=5000, required=False, hint=N_("What the work is, and where."))
    fair_screening: bool = ticked(FAIR_SCREENING)
    seen: datetime = hidden(moment)
    began: dict[str, str] = hidden(began_with)

    @property
    def opening(self) -> OpeningText:
        """The same as the act takes it."""
        return OpeningText(self.title, self.title_latin or None, self.description or None, self.fair_screening)


def opening_of(opening: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a position's form."""
    stands = {name: opening[name] or "" for name in OpeningText.__dataclass_fields__}
    return knowing({**stands, "fair_screening": "yes" if opening["fair_screening"] else ""}, opening)


@dataclass(frozen=True)
class InvitationForm:
    """Somebody of a company who is to have an account."""

    display_name: str = text(N_("Name"), most=100)
    email: str = email(N_("E-mail address"), hint=N_("Their own, at work. An account is never shared."))
    role: str = choice(N_("Role"), tuple(role.value for role in EMPLOYER), words="role", initial="recruiter")
    locale: str = choice(N_("Language of the pages"), {"ja": "日本語", "en": "English"}, initial="ja")


async def look_up(unit: Unit, form: Form[T], *, going_on: bool = False) -> Form[T]:
    """The form with the one company that was typed into it, or with what to type instead; `going_on` leaves out those
    that are terminated."""
    return await sought_in(form, "company", lambda typed: companies_called(unit, typed, going_on), NO_COMPANY)
