"""Entries of one transaction are in the order in which they were made."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T18:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "order"

forwards = from_sql(ID, DESCRIPTION)
