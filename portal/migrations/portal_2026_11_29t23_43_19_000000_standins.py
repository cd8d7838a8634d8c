"""Account managers who stand in for another."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:43:19:000000"
VERSION = "1.38.0"
DESCRIPTION = "standins"

forwards = from_sql(ID, DESCRIPTION)
