"""Scanned papers as evidence of what a person said."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:19:05:000000"
VERSION = "1.38.0"
DESCRIPTION = "papers"

forwards = from_sql(ID, DESCRIPTION)
