"""Introductions and their outcomes. The web process has no right on these tables."""

from piccolo.columns import UUID, Text, Timestamptz
from piccolo.table import Table


class Introduction(Table, tablename="introduction", schema="personal"):
    """A candidate put forward to a company for an opening."""

    id = UUID(primary_key=True, default=None)
    reference = Text(unique=True, default=None)
    code = Text(unique=True, default=None)
    candidate_id = UUID(default=None)
    company_id = UUID(default=None)
    opening_id = UUID(default=None)
    stage = Text(default=None)
    introduced_at = Timestamptz(default=None)


class Outcome(Table, tablename="outcome", schema="personal"):
    """A result recorded by a named person; a correction is a further row."""

    id = UUID(primary_key=True, default=None)
    introduction_id = UUID(default=None)
    result = Text(default=None)
    reason = Text(default=None)
    note = Text(null=True, default=None)
    recorded_at = Timestamptz(default=None)
    recorded_by = UUID(null=True, default=None)
    corrects = UUID(null=True, default=None)
