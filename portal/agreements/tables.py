"""What companies promised, and each recruiter under it (S4)."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class Agreement(Table, tablename="agreement", schema="portal"):
    """A purpose-limitation agreement: its items and purposes are what the rule reads."""

    id = UUID(primary_key=True, default=None)
    reference = Text(unique=True, default=None)
    company_id = UUID(default=None)
    number = Text(default=None)
    version = Integer(default=None)
    items = Integer(default=None)
    purposes = Integer(default=None)
    contact_days = Integer(default=None)
    text = Text(default=None)
    text_digest = Bytea(null=True, default=None)
    signatory_name = Text(null=True, default=None)
    company_signed_at = Timestamptz(null=True, default=None)
    operator_signed_at = Timestamptz(null=True, default=None)
    effective_at = Timestamptz(default=None)
    expires_at = Timestamptz(null=True, default=None)
    terminated_at = Timestamptz(null=True, default=None)
    superseded_at = Timestamptz(null=True, default=None)
    grace_days = Integer(default=None)
    created_at = Timestamptz(default=None)


class Undertaking(Table, tablename="undertaking", schema="portal"):
    """One account's own promise under one agreement, and to which text; none is named where none was kept."""

    id = UUID(primary_key=True, default=None)
    agreement_id = UUID(default=None)
    account_id = UUID(default=None)
    accepted_at = Timestamptz(default=None)
    text_version = Integer(null=True, default=None)
    text_language = Text(null=True, default=None)
    text_digest = Bytea(null=True, default=None)
    original_digest = Bytea(null=True, default=None)
