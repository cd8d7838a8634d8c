"""When a position was closed."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T20:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "closing"

forwards = from_sql(ID, DESCRIPTION)
