"""A company is sent to screening by an act."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-03T01:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "tosend"

forwards = from_sql(ID, DESCRIPTION)
