"""Groups of companies: members from when until when, a published list by version, and agreements for a group."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:16:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "groups"

forwards = from_sql(ID, DESCRIPTION)
