"""The filters of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.accesslog.actions import Action
from portal.accesslog.queries import LogFilter, Place
from portal.accesslog.reasons import CODES
from portal.accesslog.words import LISTS
from portal.accounts.queries import accounts_called
from portal.companies.forms import look_up as company_looked_up
from portal.database.unit import Unit
from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.selection.codes import code_in, telling_code_in
from portal.values import days
from portal.values.wrong import Wrong
from portal.web.field import declared, single
from portal.web.fields import ZONES, choice, identifier, sought, text, typed
from portal.web.forms import Form
from portal.web.lists import Start
from portal.web.searches import asked
from portal.web.sought import sought_in

T = TypeVar("T")
KEY = (datetime, UUID)
NO_ACCOUNT = N_("No account is called that. Please enter part of a name or of an e-mail address.")
LABELS = {action.code: action.value.label for action in Action}
HOURS = {f"{hour:02}": f"{hour:02}:00" for hour in range(24)}
# A place as an address may hold it, and as it is shown.
PLACES = {one.replace("/", "."): one for one in ZONES[1:]}
ZONE_OF: Mapping[str, object] = PLACES
DECISIONS = ("permitted", "refused", "undetermined")


def receipt_in(asked: str) -> UUID | None:
    """The receipt number that somebody typed; None for anything else."""
    try:
        return UUID(asked.strip())
    except ValueError:
        return None


def understood(asked: str) -> str | None:
    """Of what somebody typed the receipt number or the introduction's code, which name nobody; None for all else."""
    receipt = receipt_in(asked)
    return telling_code_in(asked) if receipt is None else str(receipt)


def address_in(asked: str) -> str | None:
    """The network address that somebody typed; None for anything else."""
    try:
        return str(ip_address(asked.strip()))
    except ValueError:
        return None


def clock(label: str) -> Any:
    """A time of a day, or None."""

    def read(raw: str) -> time:
        try:
            return time.fromisoformat(raw.strip())
        except ValueError:
            raise Wrong(N_("Please enter a time such as 09:30.")) from None

    return single(read, type="time", label=label, required=False, plain=True)


def digest(label: str) -> Any:
    """SHA-256 of a file, as 64 digits, or None."""

    def read(raw: str) -> bytes:
        try:
            found = bytes.fromhex(raw.strip())
        except ValueError:
            found = b""
        if len(found) != 32:
            raise Wrong(N_("Please enter the SHA-256 of the file: 64 digits from 0 to f."))
        return found

    return single(read, label=label, required=False, plain=True)


def linked() -> Any:
    """An id that a link on the page holds: nobody types it. It narrows while it stands in the address."""

    def read(raw: str) -> UUID:
        try:
            return UUID(raw)
        except ValueError:
            raise Wrong(N_("Please follow a link on the page, or clear the search.")) from None

    return single(read, widget="hidden", required=False, plain=True)


def in_the_log(label: str) -> Any:
    """A day that the log can hold, or None."""

    def read(raw: str) -> date:
        value = days.day(raw)
        if not 2000 <= value.year <= 2100:
            raise Wrong(days.DAY)
        return value

    return single(read, type="date", label=label, required=False, plain=True)


async def look_up(unit: Unit, form: Form[T]) -> Form[T]:
    """The form of a search of the log with the company and the account that were typed into it, or with what to type
    instead."""
    return await sought_in(await company_looked_up(unit, form), "actor", partial(accounts_called, unit), NO_ACCOUNT)


@dataclass(frozen=True)
class LogSearch:
    """Days and times are meant in `zone`; a day until which is included, a time is not."""

    since: date | None = in_the_log(N_("From"))
    since_time: time | None = clock(N_("From (time)"))
    until: date | None = in_the_log(N_("To"))
    until_time: time | None = clock(N_("To (time)"))
    zone: str | None = choice(N_("Time zone"), PLACES, read=ZONE_OF, required=False, blank=N_("Japan (Asia/Tokyo)"))
    company: UUID | None = sought(N_("Company"), required=False)
    actor: UUID | None = sought(N_("Who"), at="/accounts/called", required=False)
    role: str | None = choice(
        N_("Role"), LISTS["actor_role"], words="actor_role", required=False, blank=N_("All roles")
    )
    action: str | None = choice(N_("Action"), LABELS, required=False, blank=N_("All actions"))
    decision: str | None = choice(
        N_("Decision"), DECISIONS, words="decision", required=False, blank=N_("All decisions")
    )
    reason: str | None = choice(N_("Reason"), CODES, words="reason", required=False, blank=N_("All reasons"))
    purpose: str | None = choice(
        N_("Purpose"), LISTS["purpose"], words="purpose", required=False, blank=N_("All purposes")
    )
    item: str | None = choice(N_("Item shown"), LISTS["item"], words="item", required=False, blank=N_("All items"))
    hour: int | None = choice(
        N_("Hour in Japan"), HOURS, read={one: int(one) for one in HOURS}, required=False, blank=N_("Any hour")
    )
    document: bytes | None = digest(N_("SHA-256 of a file"))
    introduction: str = typed(N_("Code, person, receipt or address"), most=45, code=understood)
    session: UUID | None = linked()
    request: UUID | None = linked()
    address: UUID | None = linked()
    person: UUID | None = linked()

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """The last day does not come before the first, and a time has its day."""
        since, until = read.get("since"), read.get("until")
        for name in ("since", "until"):
            if read.get(f"{name}_time") is not None and read.get(name) is None:
                return {name: Said(N_("Please enter the day of this time."))}
        if since is None or until is None or since <= until:
            return {}
        return {"until": Said(N_("The last day comes before the first. Please change one of them."))}

    @property
    def filter(self) -> LogFilter:
        """The same in the gate's words."""
        typed_code = None if self.receipt or self.typed_address else self.introduction or None
        return LogFilter(
            recorded_from=self._moment(self.since, self.since_time),
            recorded_to=self._until(),
            company_id=self.company,
            actor_id=self.actor,
            action=self.action,
            decision=self.decision,
            introduction_code=(code_in(self.introduction) or typed_code) if typed_code else None,
            candidate_reference=typed_code,
            role=self.role,
            purpose=self.purpose,
            reason=self.reason,
            item=self.item,
            session_id=self.session,
            request_of=self.request,
            address_of=self.address,
            address=self.typed_address,
            document=self.document,
            person_id=self.person,
            hour=self.hour,
        )

    @property
    def receipt(self) -> UUID | None:
        """The receipt number, which is an entry's id, when one was asked for instead of an introduction's code."""
        return receipt_in(self.introduction)

    @property
    def typed_address(self) -> str | None:
        """The network address that was asked for instead of a code."""
        return address_in(self.introduction)

    def _until(self) -> datetime | None:
        if self.until is None or self.until_time is not None:
            return self._moment(self.until, self.until_time)
        return self._moment(self.until + timedelta(days=1), None)

    def _moment(self, of: date | None, at: time | None) -> datetime | None:
        return datetime.combine(of, at or time.min, ZoneInfo(self.zone) if self.zone else JAPAN) if of else None


EXPORTS = ("csv", "xlsx", "jsonl", "ocsf", "fhir")


@dataclass(frozen=True)
class SavedSearchForm:
    """The name of a search that is kept, and the address that it stands in."""

    name: str = text(N_("Keep this search as"), most=80)
    asked: str = text("", most=2000, required=False, widget="hidden")


@dataclass(frozen=True)
class ForgottenSearchForm:
    """A kept search that is no longer wanted."""

    search: UUID = identifier("", widget="hidden")


@dataclass(frozen=True)
class LogExport(LogSearch):
    """The same search, and the form of the file."""

    form: str = choice("", EXPORTS, words="export_form")


def kept_address(query: Mapping[str, Sequence[str]], secret: str) -> str:
    """What of a search may be kept: all but what cannot be read later, or was typed and could be a name."""
    found = asked(query, LogSearch, secret)
    stands = [(name, of, one) for name, of in declared(LogSearch) for one in found.sent.get(name, ()) if one]
    kept = [(name, one) for name, of, one in stands if of.stands(one)]
    return urlencode(kept, safe="~")


def place(start: Start) -> Place | None:
    """Where a page of entries begins, in the gate's words; None for the first one."""
    return None if start.key is None else Place(start.key[0], start.key[1], start.backwards)  # type: ignore[arg-type]  # the keys are KEY
