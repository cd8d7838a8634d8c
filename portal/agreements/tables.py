"""What companies promised, and each recruiter under it (S4)."""

from piccolo.columns import JSONB, UUID, Array, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class Agreement(Table, tablename="agreement", schema="portal"):
    """A purpose-limitation agreement: its items, purposes and days are what the rule reads. Its parties are those of
    then; what it binds has one digest, and what it `lacks` is reckoned in agreements/gate/terms.sql."""

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
    terms_digest = Bytea(null=True, default=None)
    template_version = Integer(null=True, default=None)
    company_name = Text(null=True, default=None)
    company_name_latin = Text(null=True, default=None)
    company_address = Text(null=True, default=None)
    company_representative = Text(null=True, default=None)
    company_corporate_number = Text(null=True, default=None)
    company_country = Text(null=True, default=None)
    operator_name = Text(null=True, default=None)
    operator_address = Text(null=True, default=None)
    operator_representative = Text(null=True, default=None)
    signatory_name = Text(null=True, default=None)
    signatory_title = Text(null=True, default=None)
    signatory_email = Text(null=True, default=None)
    signatory_authority = Text(null=True, default=None)
    territory = Array(base_column=Text(), null=True, default=None)
    inactive_days = Integer(null=True, default=None)
    fair_screening = Boolean(default=None)
    passages = JSONB(default=None)
    evidence = Text(null=True, default=None)
    lacks = Array(base_column=Text(), null=True, default=None)
    drafted_at = Timestamptz(default=None)
    drafted_by = UUID(null=True, default=None)
    choices_approved_by = UUID(null=True, default=None)
    choices_approved_at = Timestamptz(null=True, default=None)
    choices_approved_digest = Bytea(null=True, default=None)
    sent_at = Timestamptz(null=True, default=None)
    declined_at = Timestamptz(null=True, default=None)
    declined_reason = Text(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    company_signed_at = Timestamptz(null=True, default=None)
    operator_signed_at = Timestamptz(null=True, default=None)
    operator_signed_by = UUID(null=True, default=None)
    effective_at = Timestamptz(default=None)
    expires_at = Timestamptz(null=True, default=None)
    terminated_at = Timestamptz(null=True, default=None)
    superseded_at = Timestamptz(null=True, default=None)
    campaign_ends_at = Timestamptz(null=True, default=None)
    group_id = UUID(null=True, default=None)
    group_terms = JSONB(null=True, default=None)
    joined_agreement_id = UUID(null=True, default=None)
    group_ends_at = Timestamptz(null=True, default=None)
    left_at = Timestamptz(null=True, default=None)
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
    check_version = Integer(null=True, default=None)
