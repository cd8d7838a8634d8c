"""Entries that few are like are found by indexes of these alone."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-03T04:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sought"

forwards = from_sql(ID, DESCRIPTION)
