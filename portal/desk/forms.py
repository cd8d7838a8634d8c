"""The forms of compliance's desk, and the one in which an employer says which accounts are needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.accesslog.forms import LogSearch, clock
from portal.desk.breach import CAUSES, TRIGGERS
from portal.language.i18n import N_
from portal.language.zone import JAPAN
from portal.values.wrong import Wrong
from portal.web.field import Field, made, single
from portal.web.fields import choice, choices, day, identifier, lines, sought, text

VERDICTS = ("as_expected", "to_be_asked", "breach")
KINDS = ("sampled", "complete")


@dataclass(frozen=True)
class BreachSearch(LogSearch):
    """What a breach reached is what these entries showed; beside them what is known of the breach itself."""

    sign_in: UUID | None = single(lambda raw: _uuid(raw), label=N_("Sign-in (its number)"), required=False, plain=True)
    known: date | None = day(N_("Known since"), required=False)
    known_time: time | None = clock(N_("Known since (time)"))
    cause: str | None = choice(N_("Cause"), CAUSES, words="breach_cause", required=False, blank=N_("Not said yet"))
    triggers: tuple[str, ...] = choices(N_("What applies"), TRIGGERS, words="trigger", required=False)

    @property
    def known_at(self) -> datetime | None:
        """The moment on which the operator came to know; midnight when only the day is known."""
        zone = ZoneInfo(self.zone) if self.zone else JAPAN
        return datetime.combine(self.known, self.known_time or time.min, zone) if self.known else None

    @property
    def narrowed(self) -> bool:
        """Whether anything says which entries are meant: of all of them nothing would be learned."""
        wanted = self.filter
        said = (
            wanted.actor_id, wanted.session_id, wanted.recorded_from, wanted.document, wanted.company_id,
            wanted.person_id, wanted.address, wanted.address_of, wanted.request_of, wanted.introduction_code,
            self.receipt, self.sign_in,
        )  # fmt: skip
        return any(one is not None for one in said)


def _uuid(raw: str) -> UUID:
    try:
        return UUID(raw.strip())
    except ValueError:
        raise Wrong(N_("Please enter the number of a sign-in as an entry shows it.")) from None


@dataclass(frozen=True)
class BreachFile(BreachSearch):
    """The same, and the form of the file."""

    form: str = choice("", ("csv", "pdf"), words="export_form")


def _month(raw: str) -> date:
    try:
        return date.fromisoformat(f"{raw.strip()}-01")
    except ValueError:
        raise Wrong(N_("Please enter a month such as 2026-11.")) from None


@dataclass(frozen=True)
class ReviewForm:
    """A company and a month that is over."""

    company: UUID = sought(N_("Company"))
    month: date = single(_month, label=N_("Month"), type="month", plain=True)
    kind: str = choice(N_("What is looked at"), KINDS, words="review_kind", widget="radios", initial="sampled")
    reviewer: UUID = identifier(N_("Reviewer"), blank=N_("Choose a colleague"))


def _places(sent: Sequence[str]) -> tuple[int, ...]:
    if not sent or not all(one.isascii() and one.isdigit() and len(one) < 6 for one in sent):
        raise Wrong(N_("Please tick at least one entry."))
    return tuple(map(int, sent))


@dataclass(frozen=True)
class VerdictForm:
    """What is said of the ticked entries."""

    places: tuple[int, ...] = made(Field(read=_places, widget="checkboxes"))
    verdict: str = choice(N_("They are"), VERDICTS, words="verdict", widget="radios")
    note: str = text(N_("Note"), most=500, required=False)


@dataclass(frozen=True)
class ConclusionForm:
    """What the reviewer concludes; whoever signs off leaves it empty."""

    conclusion: str = lines(N_("Conclusion"), most=2000, required=False)


@dataclass(frozen=True)
class ReviewerForm:
    """Who goes on with a review."""

    reviewer: UUID = identifier(N_("Reviewer"), blank=N_("Choose a colleague"))


def _accounts(sent: Sequence[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(one) for one in sent)
    except ValueError:
        raise Wrong(N_("Please choose from the accounts on the page.")) from None


@dataclass(frozen=True)
class CertificationForm:
    """Of which accounts something was said."""

    needed: tuple[UUID, ...] = made(Field(read=_accounts, widget="checkboxes", required=False))
    unneeded: tuple[UUID, ...] = made(Field(read=_accounts, widget="checkboxes", required=False))
