"""Introductions that were taken back."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:57:13:000000"
VERSION = "1.38.0"
DESCRIPTION = "withdrawn"

forwards = from_sql(ID, DESCRIPTION)
