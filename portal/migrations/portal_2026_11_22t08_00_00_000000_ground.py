"""The tables: words, people, agreements, candidates, access log."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-22T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "ground"

forwards = from_sql(ID, DESCRIPTION)
