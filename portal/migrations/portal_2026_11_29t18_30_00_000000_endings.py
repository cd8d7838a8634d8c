"""An end of a sign-in by a link is a row that nobody waits for; tries that had to wait are counted."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T18:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "endings"

forwards = from_sql(ID, DESCRIPTION)
