"""Drafting templates and agreements: one function an act, for page and program alike."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.agreements.tables import Agreement
from portal.agreements.templates import Text, clauses_of, words
from portal.candidates.items import Item
from portal.database.unit import Unit

TEMPLATES = "select * from gate.agreement_templates()"
DRAFT = "select gate.draft_template($1, $2, $3, $4, $5, $6, $7, $8, $9)"
APPROVE = "select gate.approve_template($1, $2)"
ADDRESSES = """
select email from portal.account where company_id = $1
union select email from gate.company_contacts($1) where email is not null
union select signatory_email from portal.agreement
      where company_id = $1 and signatory_email is not null and company_signed_at is not null
"""
SAVE = "select * from gate.save_agreement($1, $2, $3, $4, $5)"
CHOICES = "select gate.approve_choices($1, $2)"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that an account manager may choose alone."""

    items: Item
    contact_days: int
    grace_days: int
    term_days: int
    within: list[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What is chosen for one company, and the operator's own particulars as they are now."""

    items: int
    purposes: int
    contact_days: int
    grace_days: int
    inactive_days: int | None
    daily_downloads: int | None
    fair_screening: bool
    for_group: bool
    territory: list[str] | None
    effective_at: datetime
    expires_at: datetime
    signatory_name: str
    signatory_title: str
    signatory_email: str
    signatory_authority: str
    operator_name: str
    operator_address: str | None
    operator_representative: str | None

    def as_json(self) -> str:
        """The columns, as the database takes them."""
        return json.dumps(asdict(self), default=datetime.isoformat)


async def templates(unit: Unit) -> list[dict[str, Any]]:
    """Every template that this viewer may read, the newest first."""
    return [{**row, "clauses": json.loads(row["clauses"])} for row in await unit.fetch(TEMPLATES)]


async def draft_template(unit: Unit, ja: Text, en: Text, bounds: Bounds) -> UUID | None:
    """A new version; None when the viewer may not."""
    clauses, spoken = json.dumps(clauses_of(ja, en)), json.dumps(words())
    most = (int(bounds.items), bounds.contact_days, bounds.grace_days, bounds.term_days, bounds.within)
    made: UUID | None = await unit.fetchval(DRAFT, ja.title, en.title, clauses, spoken, *most)
    return made


async def approve_template(unit: Unit, template: UUID, shown: bytes) -> str | None:
    """Returns "approved", "own", "other_text", "newer_version" or "approved_before"; None when the viewer may not."""
    answer: str | None = await unit.fetchval(APPROVE, template, shown)
    return answer


async def save_agreement(
    unit: Unit, company: UUID, agreement: UUID | None, draft: Draft, *, replaces: bool, mail_doubt: str | None
) -> tuple[str, UUID | None] | None:
    """Returns "made" or "changed" with the draft's id, or what keeps it from that: "no_template", "another_draft",
    "overlaps", "joined_overlaps", "sent", "answers_for_none", "group_not_in_template", "inactivity_not_in_template",
    "downloads_not_in_template" or "screening_not_in_template". None when the viewer may not."""
    row = await unit.fetchrow(SAVE, company, agreement, draft.as_json(), replaces, mail_doubt)
    return None if row is None else (row["result"], row["agreement_id"])


async def approve_choices(unit: Unit, agreement: UUID, shown: bytes) -> str | None:
    """Returns "approved", "own" or "other_text"; None when the viewer may not."""
    answer: str | None = await unit.fetchval(CHOICES, agreement, shown)
    return answer


async def drafted(company: UUID, agreement: UUID) -> dict[str, Any] | None:
    """One agreement of a company, when this viewer may read it."""
    row: dict[str, Any] | None = (
        await Agreement.select().where(Agreement.company_id == company, Agreement.id == agreement).first()
    )
    return row


async def unsigned_draft(company: UUID) -> UUID | None:
    """The draft of a company that nobody signed yet, when this viewer may read it: there is one at the most."""
    row = (
        await Agreement.select(Agreement.id)
        .where(
            Agreement.company_id == company,
            Agreement.template_version.is_not_null(),
            Agreement.company_signed_at.is_null(),
            Agreement.terminated_at.is_null(),
        )
        .first()
    )
    return None if row is None else row["id"]


async def awaiting_approval() -> list[dict[str, Any]]:
    """The drafts whose choices lie outside the bounds, of the companies that this viewer may read."""
    rows = await Agreement.select().where(
        Agreement.template_version.is_not_null(), Agreement.company_signed_at.is_null()
    )
    return [row for row in rows if "choices_not_approved" in (row["lacks"] or [])]


async def mail_domains(unit: Unit, company: UUID) -> set[str]:
    """The domains of the addresses of the company's people and contacts, and of who signed for it before."""
    rows = await unit.fetch(ADDRESSES, company)
    return {row["email"].rpartition("@")[2].lower() for row in rows}
