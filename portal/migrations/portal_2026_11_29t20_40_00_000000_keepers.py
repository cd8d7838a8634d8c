"""Whom links were sent to, and who suspended an account."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T20:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "keepers"

forwards = from_sql(ID, DESCRIPTION)
