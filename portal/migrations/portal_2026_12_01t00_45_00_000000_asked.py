"""Searches of the log that are kept, and the indexes of the new filters."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "asked"

forwards = from_sql(ID, DESCRIPTION)
