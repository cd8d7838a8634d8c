"""Which of a company's people an introduction is assigned to."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:46:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "assignees"

forwards = from_sql(ID, DESCRIPTION)
