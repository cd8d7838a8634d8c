"""Everyone who signs in."""

from piccolo.columns import UUID, Boolean, Text, Timestamptz
from piccolo.table import Table


class Account(Table, tablename="account", schema="portal"):
    """A person with a role; recruiters and employer admins belong to a company."""

    id = UUID(primary_key=True, default=None)
    email = Text(default=None)
    display_name = Text(default=None)
    role = Text(default=None)
    company_id = UUID(null=True, default=None)
    locale = Text(default=None)
    status = Text(default=None)
    suspension_reason = Text(null=True, default=None)
    suspended_by_company = Boolean(default=False)
    keys = Boolean(default=True)
    resume_tab = Text(null=True, default=None)
    created_at = Timestamptz(default=None)
