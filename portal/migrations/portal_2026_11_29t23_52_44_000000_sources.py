"""From whom each item comes, and when it was confirmed last."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:52:44:000000"
VERSION = "1.38.0"
DESCRIPTION = "sources"

forwards = from_sql(ID, DESCRIPTION)
