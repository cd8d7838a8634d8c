"""Compliance's approval of a company can come by import."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:11:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "screenedelsewhere"

forwards = from_sql(ID, DESCRIPTION)
