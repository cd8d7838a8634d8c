"""The filters of the log."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from portal.accesslog.actions import ACTIONS
from portal.accesslog.queries import LogFilter, Place
from portal.database.paging import decode
from portal.language.i18n import N_, Said
from portal.selection.codes import code_in, telling_code_in
from portal.values import days
from portal.values.days import JAPAN
from portal.values.wrong import Wrong
from portal.web.forms import Errors, Form, choice, identifier, reader, text

DECISIONS = ("permitted", "refused", "undetermined")


def day() -> Any:
    """A date field; None when it is empty."""

    def read(raw: str) -> date | None:
        if not raw:
            return None
        value = days.day(raw)
        if not 2000 <= value.year <= 2100:  # the log cannot hold others
            raise Wrong(days.DAY)
        return value

    return reader(read)


@dataclass(frozen=True)
class LogSearch:
    """Days are Japanese ones; `until` is included."""

    company: UUID | None = identifier(required=False)
    actor: UUID | None = identifier(required=False)
    action: str | None = choice(frozenset(ACTIONS), required=False)
    decision: str | None = choice(frozenset(DECISIONS), required=False)
    introduction: str = text(most=40, required=False)
    since: date | None = day()
    until: date | None = day()
    after: str = text(most=1000, required=False)
    before: str = text(most=1000, required=False)

    @property
    def filter(self) -> LogFilter:
        """The same in the gate's words."""
        return LogFilter(
            _midnight(self.since),
            _midnight(self.until + timedelta(days=1)) if self.until else None,
            self.company,
            self.actor,
            self.action,
            self.decision,
            None if self.receipt else code_in(self.introduction) or self.introduction or None,
            None if self.receipt else self.introduction or None,
        )

    @property
    def receipt(self) -> UUID | None:
        """The receipt number, which is an entry's id, when one was asked for instead of an introduction's code."""
        return receipt_in(self.introduction)

    @property
    def place(self) -> Place | None:
        """Where the page begins; None for the first one."""
        return _place(self.after, backwards=False) or _place(self.before, backwards=True)


def checked(form: Form[LogSearch]) -> Form[LogSearch]:
    """The form, with a message when its last day comes before its first."""
    asked = form.value
    if asked is None or asked.since is None or asked.until is None or asked.since <= asked.until:
        return form
    return Form(
        None, form.given, Errors(until=Said(N_("The last day comes before the first. Please change one of them.")))
    )


def receipt_in(asked: str) -> UUID | None:
    """The receipt number that somebody typed; None for anything else."""
    try:
        return UUID(asked.strip())
    except ValueError:
        return None


def understood(asked: str) -> str:
    """Of what somebody typed the receipt number or the introduction's code; empty for anything else."""
    return str(receipt_in(asked) or telling_code_in(asked) or "")


def place_key(entry: dict[str, Any]) -> tuple[datetime, UUID]:
    """What an entry is ordered by, and a cursor holds."""
    return entry["recorded_at"], entry["id"]


def _place(cursor: str, *, backwards: bool) -> Place | None:
    key = decode(cursor, datetime, UUID)
    return None if key is None else Place(key[0], key[1], backwards)  # type: ignore[arg-type]  # decode gave these kinds


def _midnight(of: date | None) -> datetime | None:
    return datetime.combine(of, time.min, JAPAN) if of else None
