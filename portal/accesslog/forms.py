"""The filters of the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from portal.accesslog.actions import Action
from portal.accesslog.queries import LogFilter, Place
from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.selection.codes import code_in, telling_code_in
from portal.values import days
from portal.values.wrong import Wrong
from portal.web.field import single
from portal.web.fields import choice, identifier, sought, typed
from portal.web.lists import Start

KEY = (datetime, UUID)
LABELS = {action.code: action.value.label for action in Action}
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


def in_the_log(label: str) -> Any:
    """A day that the log can hold, or None."""

    def read(raw: str) -> date:
        value = days.day(raw)
        if not 2000 <= value.year <= 2100:
            raise Wrong(days.DAY)
        return value

    return single(read, type="date", label=label, required=False, plain=True)


@dataclass(frozen=True)
class LogSearch:
    """Days are Japanese ones; `until` is included."""

    since: date | None = in_the_log(N_("From"))
    until: date | None = in_the_log(N_("To"))
    company: UUID | None = sought(N_("Company"), required=False)
    actor: UUID | None = identifier(N_("Who"), required=False, blank=N_("Everyone"))
    action: str | None = choice(N_("Action"), LABELS, required=False, blank=N_("All actions"))
    decision: str | None = choice(
        N_("Decision"), DECISIONS, words="decision", required=False, blank=N_("All decisions")
    )
    introduction: str = typed(N_("Code, person or receipt"), most=40, code=understood)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """The last day does not come before the first."""
        since, until = read.get("since"), read.get("until")
        if since is None or until is None or since <= until:
            return {}
        return {"until": Said(N_("The last day comes before the first. Please change one of them."))}

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


EXPORTS = ("csv", "xlsx", "jsonl", "ocsf", "fhir")


@dataclass(frozen=True)
class LogExport(LogSearch):
    """The same search, and the form of the file."""

    form: str = choice("", EXPORTS, words="export_form")


def place_key(entry: dict[str, Any]) -> tuple[datetime, UUID]:
    """What an entry is ordered by, and a cursor holds."""
    return entry["recorded_at"], entry["id"]


def place(start: Start) -> Place | None:
    """Where a page of entries begins, in the gate's words; None for the first one."""
    return None if start.key is None else Place(start.key[0], start.key[1], start.backwards)  # type: ignore[arg-type]  # the keys are KEY


def _midnight(of: date | None) -> datetime | None:
    return datetime.combine(of, time.min, JAPAN) if of else None
