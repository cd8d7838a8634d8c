"""A notice can promise that a consent ends within some days."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:06:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "promised"

forwards = from_sql(ID, DESCRIPTION)
