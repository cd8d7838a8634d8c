"""Searches that an account keeps under a name."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "views"

forwards = from_sql(ID, DESCRIPTION)
