"""Entries of an hour, and what few entries of one company have, are found by indexes that the gate can use."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-04T04:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "byhour"

forwards = from_sql(ID, DESCRIPTION)
