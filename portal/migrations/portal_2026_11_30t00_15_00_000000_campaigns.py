"""Campaigns: companies are asked to sign a newer version of the agreement by a day."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "campaigns"

forwards = from_sql(ID, DESCRIPTION)
