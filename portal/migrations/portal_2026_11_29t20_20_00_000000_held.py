"""What a stored file holds."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T20:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "held"

forwards = from_sql(ID, DESCRIPTION)
