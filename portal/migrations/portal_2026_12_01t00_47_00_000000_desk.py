"""Reviews of the log, and the certification of accounts."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:47:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "desk"

forwards = from_sql(ID, DESCRIPTION)
