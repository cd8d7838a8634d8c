"""Since when a company is active, and why it was activated or reactivated."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:28:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "activation"

forwards = from_sql(ID, DESCRIPTION)
