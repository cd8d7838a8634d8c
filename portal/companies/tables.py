"""Contracted employers, their groups and openings."""

from piccolo.columns import JSONB, UUID, Boolean, Text, Timestamptz
from piccolo.table import Table

# A company's way, as `gate.company_stages` reckons it; "ending" are those of the active whose agreement ends soon.
BOARD = ("draft", "screening", "screened", "agreement_sent", "active", "ending", "suspended", "terminated")
SCREENED = ("approved", "refused")
SUCCESSIONS = ("renamed", "representative", "moved", "merged")
STATUSES = ("pending", "active", "suspended", "terminated")
# The divisions of the Japan Standard Industrial Classification.
INDUSTRIES = (
    "agriculture", "fisheries", "mining", "construction", "manufacturing", "utilities", "information", "transport",
    "trade", "finance", "real_estate", "professional", "hospitality", "personal", "education", "care", "compound",
    "other_services", "government", "unclassified",
)  # fmt: skip


class Company(Table, tablename="company", schema="portal"):
    """A contracted employer."""

    id = UUID(primary_key=True, default=None)
    reference = Text(unique=True, default=None)
    name = Text(default=None)
    name_latin = Text(null=True, default=None)
    name_folded = Text(default=None)
    corporate_number = Text(unique=True, null=True, default=None)
    country = Text(null=True, default=None)
    address = Text(null=True, default=None)
    representative = Text(null=True, default=None)
    industry = Text(null=True, default=None)
    status = Text(default=None)
    account_manager_id = UUID(null=True, default=None)
    created_at = Timestamptz(default=None)
    screening_asked_at = Timestamptz(null=True, default=None)
    screening_reason = Text(null=True, default=None)
    suspended_at = Timestamptz(null=True, default=None)
    suspension_reason = Text(null=True, default=None)
    activated_at = Timestamptz(null=True, default=None)
    activation_reason = Text(null=True, default=None)
    changed_at = Timestamptz(default=None)
    terminated_at = Timestamptz(null=True, default=None)
    termination_reason = Text(null=True, default=None)
    identity_changed_at = Timestamptz(null=True, default=None)
    stood_as = JSONB(null=True, default=None)
    succeeded_at = Timestamptz(null=True, default=None)


class Opening(Table, tablename="opening", schema="portal"):
    """A position a company recruits for."""

    id = UUID(primary_key=True, default=None)
    reference = Text(unique=True, default=None)
    company_id = UUID(default=None)
    title = Text(default=None)
    title_latin = Text(null=True, default=None)
    description = Text(null=True, default=None)
    fair_screening = Boolean(default=None)
    status = Text(default=None)
    closed_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
    changed_at = Timestamptz(default=None)
