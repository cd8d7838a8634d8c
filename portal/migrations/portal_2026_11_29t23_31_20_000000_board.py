"""What the board of companies is searched by."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:31:20:000000"
VERSION = "1.38.0"
DESCRIPTION = "board"

forwards = from_sql(ID, DESCRIPTION)
