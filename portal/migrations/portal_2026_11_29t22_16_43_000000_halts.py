"""Endings that bind before they can be written to a record that somebody's transaction holds."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:16:43:000000"
VERSION = "1.38.0"
DESCRIPTION = "halts"

forwards = from_sql(ID, DESCRIPTION)
