"""The reason for which a correction that changes nothing is refused."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-26T08:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "corrections"

forwards = from_sql(ID, DESCRIPTION)
