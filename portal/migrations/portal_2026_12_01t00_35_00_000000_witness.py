"""How far the log is published, its witnesses, and what they cosigned."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:35:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "witness"

forwards = from_sql(ID, DESCRIPTION)
