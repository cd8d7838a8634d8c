"""What compliance said of companies before they could be active."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:44:10:000000"
VERSION = "1.38.0"
DESCRIPTION = "screening"

forwards = from_sql(ID, DESCRIPTION)
