"""A company's people ask whoever looks after it."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-02T01:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "questions"

forwards = from_sql(ID, DESCRIPTION)
