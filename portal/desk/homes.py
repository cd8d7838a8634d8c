"""What waits for the operator's people, as their home pages say it: numbers, codes and days, no item of anybody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import N_, written


@dataclass(frozen=True, slots=True)
class Waits:
    """How many wait, in which words, and the list that holds them."""

    number: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class AtHome:
    """An introduction by its code, and when something happens or happened to it."""

    id: UUID
    code: str
    company: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ManagerHome:
    """What waits for an account manager: at once, at which companies for what, and which introductions to look at."""

    waiting: list[Waits]
    companies: dict[str, int]
    ending: int
    undecided: list[AtHome]
    withdrawn: list[AtHome]
    consent_ends: list[AtHome]


@dataclass(frozen=True, slots=True)
class ComplianceHome:
    """What waits for compliance to decide, what is to be looked at, and how the log stands."""

    waiting: list[Waits]
    watched: list[Waits]
    log: Mapping[str, Any]


# What is counted, in the order of the page: its words, and the list that it leads to.
OF_MANAGER = {
    "question": (N_("Questions of companies"), "/questions"),
    "reopening": (N_("Decisions that companies ask to have reopened"), "/reopenings"),
    "overdue_deletion": (N_("Duties to delete that are overdue"), "/deletions"),
}
TO_DECIDE = {
    "screening": (N_("Companies to screen"), "/screenings"),
    "succession": (N_("Companies whose identity changed"), "/screenings"),
    "countersignature": (N_("Agreements to countersign"), "/countersign"),
    "template": (N_("Templates of agreements to approve"), "/agreement-templates"),
    "choices": (N_("Choices outside the bounds to approve"), "/agreement-templates"),
    "alert": (N_("Alerts to decide about"), "/alerts"),
    "review": (N_("Reviews that you are to conclude"), "/reviews"),
    "sign_off": (N_("Reviews to sign off"), "/reviews"),
}
TO_WATCH = {
    "overdue_deletion": (N_("Duties to delete that are overdue"), "/deletions"),
    "ground": (N_("Notes of the last 7 days that name a protected ground"), "/log?action=protected_ground_named"),
    "loosened": (N_("Laws of persons loosened in the last 30 days"), "/log?action=law_loosened"),
}


async def manager_home(unit: Unit) -> ManagerHome:
    """What waits for the viewer, who looks after companies. Recorded."""
    said = json.loads(await unit.fetchval("select gate.manager_home()"))
    return ManagerHome(
        waiting=_waiting(said["counts"], OF_MANAGER),
        companies=said["waits"],
        ending=said["counts"]["ending"],
        undecided=_introductions(said["undecided"]),
        withdrawn=_introductions(said["withdrawn"]),
        consent_ends=_introductions(said["consent_ends"]),
    )


async def compliance_home(unit: Unit) -> ComplianceHome:
    """What waits for the viewer, who is of compliance. Recorded."""
    said = json.loads(await unit.fetchval("select gate.compliance_home()"))
    log = said["log"]
    log["verified_at"] = log["verified_at"] and datetime.fromisoformat(log["verified_at"])
    return ComplianceHome(_waiting(said["counts"], TO_DECIDE), _waiting(said["counts"], TO_WATCH), log)


def _waiting(counts: Mapping[str, int], known: Mapping[str, tuple[str, str]]) -> list[Waits]:
    return [Waits(counts[kind], *said) for kind, said in known.items() if counts[kind]]


def _introductions(said: list[dict[str, Any]]) -> list[AtHome]:
    return [
        AtHome(
            UUID(one["id"]),
            one["code"],
            written(one["company"], one["company_latin"]),
            datetime.fromisoformat(one["at"]),
        )
        for one in said
    ]
