"""Selections in which nothing is done are reminded of, and found by how long nothing was done."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-02T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "overdue"

forwards = from_sql(ID, DESCRIPTION)
