"""What was "told" is a temporary password, and what was "confined" is a sign-in that must change it."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "temporary"

forwards = from_sql(ID, DESCRIPTION)
