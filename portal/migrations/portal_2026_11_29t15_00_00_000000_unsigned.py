"""Refusals without a sign-in are counted."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "unsigned"

forwards = from_sql(ID, DESCRIPTION)
