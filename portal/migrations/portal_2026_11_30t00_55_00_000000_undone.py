"""A decision can be undone by a further row; a later one is a further turn."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:55:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "undone"

forwards = from_sql(ID, DESCRIPTION)
