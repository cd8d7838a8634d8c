"""Rules by which the log is watched, and what they found."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:37:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "alerts"

forwards = from_sql(ID, DESCRIPTION)
