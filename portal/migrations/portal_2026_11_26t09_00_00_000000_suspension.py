"""Since when and why a company is suspended."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-26T09:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "suspension"

forwards = from_sql(ID, DESCRIPTION)
