"""Why something is or is not open: the gate's reasons, sorted by the condition of the rule that each belongs to."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.database.unit import Unit
from portal.disclosure.searching import Place
from portal.language.i18n import written

# The conditions that an introduction meets or fails by itself; the viewer's own, the first, is not among them.
REASONS_OF = {
    "company": {"company_not_active"},
    "agreement": {
        "agreement_not_in_force",
        "new_version_not_signed",
        "group_left",
        "group_agreement_not_joined",
        "purpose_not_in_agreement",
        "recipient_changed",
    },
    "consent": {
        "consent_not_given",
        "consent_withdrawn",
        "consent_expired",
        "consent_unsupported",
        "consent_before_lifting",
        "consent_to_former_recipient",
        "purpose_not_in_consent",
    },
    "candidate": {"candidate_restricted", "candidate_objecting", "candidate_erased"},
    "regime": {"company_outside_japan", "notice_not_for_regime", "regime_unknown", "company_country_unknown"},
    "foreign_transfer": {"foreign_transfer_notice_missing"},
    "introduction": {"introduction_withdrawn"},
    "window": {"window_closed", "opening_closed", "introduction_inactive"},
    "item": {"item_not_open", "fair_screening"},
}
INSTANTS = (
    "agreement_until",
    "consent_given_at",
    "consent_until",
    "consent_withdrawn_at",
    "decided_at",
    "withdrawn_at",
    "contact_until",
    "inactive_at",
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition for one purpose. `state` is "met", "not_met", "missing" or "not_applicable"."""

    code: str
    state: str
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Managed:
    """One introduction as its account manager sees it, as `gate.managed_introductions` orders it; nothing personal."""

    introduction_id: UUID
    code: str
    company_id: UUID
    company_name: str
    company_name_latin: str | None
    opening_title: str
    opening_title_latin: str | None
    stage: str
    outcome: str | None
    introduced_at: datetime
    selection_open: bool
    contact_open: bool
    reasons: list[str]

    @property
    def company(self) -> str:
        """The company's name, as this reader reads it."""
        return written(self.company_name, self.company_name_latin)

    @property
    def opening(self) -> str:
        """The opening's title, as this reader reads it."""
        return written(self.opening_title, self.opening_title_latin)

    @property
    def open_purposes(self) -> list[str]:
        """The purposes for which something is open."""
        return [
            code for code, is_open in (("selection", self.selection_open), ("contact", self.contact_open)) if is_open
        ]


async def managed_introductions(
    unit: Unit, company: UUID | None, standing_open: bool | None, code: str | None, place: Place | None, size: int
) -> list[Managed]:
    """Up to `size` introductions of the companies this viewer looks after, newest first. Recorded."""
    rows = await unit.fetch(
        "select * from gate.managed_introductions($1, $2, $3, $4, $5, $6, $7)",
        company,
        standing_open,
        code,
        place.at if place else None,
        place.id if place else None,
        place.backwards if place else False,
        size,
    )
    return [Managed(**row) for row in rows]


async def introduction_counts(unit: Unit, companies: list[UUID]) -> dict[UUID, int]:
    """How many introductions each of these companies, and of their openings, has, by either's id. Recorded."""
    counts: dict[UUID, int] = {}
    for row in await unit.fetch("select * from gate.introduction_counts($1)", companies):
        counts[row["opening_id"]] = row["introductions"]
        counts[row["company_id"]] = counts.get(row["company_id"], 0) + row["introductions"]
    return counts


async def explain(unit: Unit, introduction: UUID) -> dict[str, Any] | None:
    """Everything the rule looked at for one introduction; None when this viewer may not ask. Recorded."""
    row = await unit.fetchrow("select * from gate.explain($1)", introduction)
    if row is None:
        return None
    facts = json.loads(row["facts"])
    for instant in INSTANTS:
        facts[instant] = facts[instant] and datetime.fromisoformat(facts[instant])
    company = written(row["company_name"], row["company_name_latin"])
    opening = written(row["opening_title"], row["opening_title_latin"])
    return {**row, "facts": facts, "company": company, "opening": opening}


def conditions(explained: dict[str, Any]) -> dict[str, list[Condition]]:
    """The state of each condition, by purpose."""
    abroad = explained["facts"]["company_country"] != "JP"
    return {
        purpose: [_condition(code, explained[f"{purpose}_reasons"], abroad=abroad) for code in REASONS_OF]
        for purpose in ("selection", "contact")
    }


def closed_items(explained: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """By purpose, the items closed although its conditions are met, each with the codes of what keeps it so."""
    closed = {}
    for purpose in ("selection", "contact"):
        not_met = set(explained[f"{purpose}_reasons"]) - REASONS_OF["item"]
        closed[purpose] = [] if not_met else explained["facts"][f"{purpose}_closed"]
    return closed


def _condition(code: str, found: list[str], *, abroad: bool) -> Condition:
    if code == "foreign_transfer" and not abroad:
        return Condition(code, "not_applicable", [])
    reasons = [reason for reason in found if reason in REASONS_OF[code]]
    missing = bool(reasons) and all(reason.endswith("_unknown") for reason in reasons)
    return Condition(code, "missing" if missing else "not_met" if reasons else "met", reasons)
