"""Dates of birth are days that a calendar for people has."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T14:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "births"

forwards = from_sql(ID, DESCRIPTION)
