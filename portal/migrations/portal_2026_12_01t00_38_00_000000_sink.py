"""How far the log's entries were handed to the operator's own collector."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:38:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sink"

forwards = from_sql(ID, DESCRIPTION)
