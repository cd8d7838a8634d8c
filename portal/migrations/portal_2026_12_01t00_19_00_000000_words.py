"""Searching in what people know, where they worked and where they studied."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:19:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "words"

forwards = from_sql(ID, DESCRIPTION)
