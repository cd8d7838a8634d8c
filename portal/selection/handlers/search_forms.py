"""What lists of introductions are searched by, and in which order they stand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.accesslog.words import LANGUAGES
from portal.candidates.residence import PERMISSIONS
from portal.disclosure.searching import Order, Place, SearchFilter
from portal.language.i18n import N_
from portal.selection.actions import STAGES
from portal.selection.codes import code_in, telling_code_in
from portal.selection.reasons import REASONS
from portal.web.fields import choice, identifier, sought, typed
from portal.web.lists import Start

MOST_COUNTED = 300
LEVELS = {
    "5": N_("N1"), "4": N_("N2 or higher"), "3": N_("N3 or higher"), "2": N_("N4 or higher"), "1": N_("N5 or higher"),
    "own-5": N_("Self-assessed C1"), "own-4": N_("Self-assessed B2 or higher"),
    "own-3": N_("Self-assessed B1 or higher"), "own-2": N_("Self-assessed A2 or higher"),
    "own-1": N_("Self-assessed A1 or higher"),
}  # fmt: skip
STANDINGS = {
    "active": N_("Still active"), "introduced": N_("Introduced"), "screening": N_("Screening"),
    "interview": N_("Interview"), "offer": N_("Offer"), "decided": N_("Decided"), "hired": N_("Hired"),
    "not_hired": N_("Not hired"), "withdrawn": N_("Withdrawn"),
}  # fmt: skip
ASSIGNED = {"me": N_("Me"), "nobody": N_("Nobody")}
ORDERS = {"changed": N_("Last change"), "stage": N_("Stage")}
AVAILABLE = {
    "0": N_("Now"), "1": N_("Within a month"), "3": N_("Within 3 months"), "6": N_("Within 6 months"),
}  # fmt: skip
KEY = (int, datetime, UUID)
MANAGED_KEY = (datetime, UUID)


def place(start: Start) -> Place | None:
    """Where a page of introductions begins, in the gate's words; None for the first one."""
    if start.key is None:
        return None
    stage, at, number = start.key
    return Place(at, number, start.backwards, stage)  # type: ignore[arg-type]  # the keys are KEY


def managed_place(start: Start) -> Place | None:
    """The same in the account manager's list, which is sorted by introduction alone."""
    return None if start.key is None else Place(start.key[0], start.key[1], start.backwards)  # type: ignore[arg-type]  # the keys are MANAGED_KEY


def no_code(_typed: str) -> None:
    """Nothing of what is typed into such a field may stand in an address as it is."""


@dataclass(frozen=True)
class Search:
    """The filters of the list of candidates."""

    name: str = typed(N_("Name or code"), most=100, code=telling_code_in)
    opening: UUID | None = identifier(N_("Position"), required=False, blank=N_("All positions"))
    stage: str | None = choice(N_("Stage"), STANDINGS, required=False, blank=N_("All"))
    japanese: str | None = choice(N_("Japanese"), LEVELS, required=False, blank=N_("Any level"))
    work: str | None = choice(N_("Permission to work"), PERMISSIONS, words="work", required=False, blank=N_("Any"))
    unread: bool | None = choice(
        N_("Reading"), {"yes": N_("Unread")}, read={"yes": True}, required=False, blank=N_("All")
    )
    assigned: str | None = choice(N_("Assigned to"), ASSIGNED, required=False, blank=N_("All"))
    keywords: str = typed(N_("Skill, employer or school"), most=100, code=no_code)
    qualification: str = typed(N_("Qualification"), most=100, code=no_code)
    language: str | None = choice(
        N_("Language besides Japanese"), LANGUAGES, words="spoken", required=False, blank=N_("Any")
    )
    available: int | None = choice(
        N_("Can begin"), AVAILABLE, read={code: int(code) for code in AVAILABLE}, required=False, blank=N_("Any time")
    )
    sort: str | None = choice(N_("Order"), ORDERS, required=False, blank=N_("Newest first"), narrows=False)

    @property
    def order(self) -> Order:
        """What the list is sorted by."""
        return self.sort or "introduced"  # type: ignore[return-value]  # the codes are ORDERS

    @property
    def filter(self) -> SearchFilter:
        """The same in the gate's words: a code is asked for in place of a name."""
        code = telling_code_in(self.name)
        name = None if code else self.name or None
        level = self.japanese or ""
        rank = int(level[-1]) if level else None
        certified, own = (None, rank) if level.startswith("own-") else (rank, None)
        stage = self.stage if self.stage in STAGES else None
        outcome = self.stage if self.stage in REASONS else None
        decided = {"active": False, "decided": True}.get(self.stage or "")
        return SearchFilter(
            name, self.opening, stage, certified, self.work, decided, code, own, outcome, self.unread, self.assigned,
            self.keywords or None, self.qualification or None, self.language, self.available,
        )  # fmt: skip


@dataclass(frozen=True)
class BoardSearch:
    """Which position the board is of."""

    opening: UUID | None = identifier(N_("Position"), required=False)


@dataclass(frozen=True)
class ManagedSearch:
    """Which company's introductions, whether open, and which code."""

    company: UUID | None = sought(N_("Company"), required=False)
    standing: bool | None = choice(
        N_("Standing"),
        {"open": N_("Open"), "blocked": N_("Blocked")},
        read={"open": True, "blocked": False},
        required=False,
        blank=N_("All"),
    )
    introduction: str = typed(N_("Introduction code"), most=20, code=telling_code_in)

    @property
    def code(self) -> str | None:
        """The code that is asked for; None when none is."""
        return code_in(self.introduction) or self.introduction or None
