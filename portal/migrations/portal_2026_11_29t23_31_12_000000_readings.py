"""Who has opened which candidate's page: found in the log by an index of its own."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:31:12:000000"
VERSION = "1.38.0"
DESCRIPTION = "readings"

forwards = from_sql(ID, DESCRIPTION)
