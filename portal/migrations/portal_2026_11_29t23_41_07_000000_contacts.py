"""Whom the operator talks to at a company."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:41:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "contacts"

forwards = from_sql(ID, DESCRIPTION)
