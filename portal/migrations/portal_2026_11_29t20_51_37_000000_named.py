"""What a notice covers, and its text does not name."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T20:51:37:000000"
VERSION = "1.38.0"
DESCRIPTION = "named"

forwards = from_sql(ID, DESCRIPTION)
