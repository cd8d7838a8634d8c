"""What people were shown and what they said (S2, S5)."""

from piccolo.columns import UUID, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class Notice(Table, tablename="notice", schema="portal"):
    """The text shown when asking."""

    id = UUID(primary_key=True, default=None)
    reference = Text(default=None)
    version = Integer(default=None)
    language = Text(default=None)
    text = Text(default=None)
    text_digest = Bytea(null=True, default=None)
    published_at = Timestamptz(default=None)


class Consent(Table, tablename="consent", schema="personal"):
    """One statement of one person about one company."""

    id = UUID(primary_key=True, default=None)
    reference = Text(unique=True, default=None)
    candidate_id = UUID(default=None)
    company_id = UUID(default=None)
    notice_id = UUID(default=None)
    items = Integer(default=None)
    explicit_items = Integer(default=None)
    purposes = Integer(default=None)
    foreign_transfer_notice = Boolean(default=None)
    given_at = Timestamptz(default=None)
    expires_at = Timestamptz(null=True, default=None)
    withdrawn_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(default=None)
