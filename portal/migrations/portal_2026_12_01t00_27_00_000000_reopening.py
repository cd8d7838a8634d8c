"""A decision can be asked to be reopened; an account manager answers."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:27:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reopening"

forwards = from_sql(ID, DESCRIPTION)
