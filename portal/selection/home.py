"""What happened to a company's introductions since somebody's last visit: by code, with no item; asking is recorded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written

HOME = "select gate.home()"
CONSENT_SOON = timedelta(days=14)
CONTACT_SOON = timedelta(days=7)
AGREEMENT_SOON = timedelta(days=60)
MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Introduced:
    """One of the newest introductions of which something is open."""

    id: UUID
    code: str
    stage: str
    opening_title: str
    opening_title_latin: str | None
    introduced_at: datetime
    decided_at: datetime | None
    outcome: str | None
    decided_by: str | None
    decided_by_me: bool
    moved_at: datetime | None
    moved_by: str | None
    moved_by_me: bool
    contact_until: datetime | None
    consent_until: datetime | None
    unread: bool
    assigned_to_me: bool
    to_judge: bool
    mentioned_at: datetime | None

    @property
    def opening(self) -> str:
        """The position, in letters that this reader can read."""
        return written(self.opening_title, self.opening_title_latin) or self.opening_title


@dataclass(frozen=True, slots=True)
class Overdue:
    """An introduction in which nothing was done for half of the agreement's days, and when it ends by that."""

    id: UUID
    code: str
    stage: str
    opening_title: str
    opening_title_latin: str | None
    ends_at: datetime

    @property
    def opening(self) -> str:
        """The position, in letters that this reader can read."""
        return written(self.opening_title, self.opening_title_latin) or self.opening_title


@dataclass(frozen=True, slots=True)
class AtHome:
    """What is said on arriving. `since` is None for somebody who was never here before; lists are newest first.

    `counts` says how many are new, unread, the viewer's own or without the viewer's scorecard. Of each of these kinds
    the newest are among `introductions`; of the rest of what is said all are.
    """

    since: datetime | None
    at: datetime
    news_from: datetime
    counts: Mapping[str, int]
    withdrawn: int  # of the newest hundred withdrawals
    withdrawn_more: bool
    agreement: str | None
    agreement_until: datetime | None
    introductions: list[Introduced]
    overdue: list[Overdue]  # the soonest to end first
    answers: int

    @property
    def more(self) -> bool:
        """Whether there may be more than were looked at."""
        return self.counts["looked_at"] == MOST_LOOKED_AT

    @property
    def new(self) -> list[Introduced]:
        """The newest of those introduced since."""
        return [one for one in self.introductions if one.introduced_at > self.news_from]

    @property
    def moved(self) -> list[Introduced]:
        """Moved by colleagues since, and not decided."""
        found = [
            one
            for one in self.introductions
            if one.moved_at
            and one.moved_at > self.news_from
            and one.moved_by
            and not one.moved_by_me
            and not one.decided_at
        ]
        return sorted(found, key=lambda one: one.moved_at or self.at, reverse=True)

    @property
    def decided(self) -> list[Introduced]:
        """Decided by colleagues since."""
        found = [
            one
            for one in self.introductions
            if one.decided_at and one.decided_at > self.news_from and not one.decided_by_me
        ]
        return sorted(found, key=lambda one: one.decided_at or self.at, reverse=True)

    @property
    def unread(self) -> list[Introduced]:
        """The newest of those that this person has not opened, and that are still to be decided."""
        return [one for one in self.introductions if one.unread and one.decided_at is None]

    @property
    def mine(self) -> list[Introduced]:
        """The newest of those that are assigned to this person, and that are still to be decided."""
        return [one for one in self.introductions if one.assigned_to_me and one.decided_at is None]

    @property
    def to_judge(self) -> list[Introduced]:
        """The newest of those that wait for this person's scorecard."""
        return [one for one in self.introductions if one.to_judge]

    @property
    def mentioned(self) -> list[Introduced]:
        """Those about which this person was mentioned and has not looked since, newest first."""
        found = [one for one in self.introductions if one.mentioned_at]
        return sorted(found, key=lambda one: one.mentioned_at or self.at, reverse=True)

    @property
    def closing(self) -> list[tuple[datetime, str, Introduced]]:
        """What ends soon, the soonest first: when, "consent" or "contact", and of which."""
        found = []
        for one in self.introductions:
            if one.decided_at and one.contact_until and one.contact_until - self.at < CONTACT_SOON:
                found.append((one.contact_until, "contact", one))
            elif one.decided_at is None and one.consent_until and one.consent_until - self.at < CONSENT_SOON:
                found.append((one.consent_until, "consent", one))
        return sorted(found, key=lambda each: each[0])

    @property
    def agreement_closing(self) -> bool:
        """Whether the agreement ends soon."""
        return self.agreement_until is not None and self.agreement_until - self.at < AGREEMENT_SOON


async def at_home(unit: Unit, now: datetime) -> AtHome | None:
    """What this person finds; None for somebody who may see nobody yet. Both are recorded."""
    found = await unit.fetchval(HOME)
    if found is None:
        return None
    said: dict[str, Any] = json.loads(found)
    agreement = said["agreement"] or {}
    return AtHome(
        since=_moment(said["since"]),
        at=now,
        news_from=datetime.fromisoformat(said["news_from"]),
        counts=said["counts"],
        withdrawn=said["withdrawn"]["many"],
        withdrawn_more=said["withdrawn"]["more"],
        agreement=agreement.get("number"),
        agreement_until=_moment(agreement.get("until")),
        introductions=[_introduced(one) for one in said["introductions"]],
        answers=said["answers"],
        overdue=[
            Overdue(**{**one, "id": UUID(one["id"]), "ends_at": datetime.fromisoformat(one["ends_at"])})
            for one in said["overdue"]
        ],
    )


def _introduced(said: dict[str, Any]) -> Introduced:
    moments = {name: _moment(value) for name, value in said.items() if name.endswith(("_at", "_until"))}
    flags = {
        name: bool(said[name]) for name in ("decided_by_me", "moved_by_me", "unread", "assigned_to_me", "to_judge")
    }
    return Introduced(**{**said, **moments, **flags, "id": UUID(said["id"])})


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
