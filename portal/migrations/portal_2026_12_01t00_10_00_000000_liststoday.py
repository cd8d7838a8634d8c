"""A group's list was published before it is kept."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "liststoday"

forwards = from_sql(ID, DESCRIPTION)
