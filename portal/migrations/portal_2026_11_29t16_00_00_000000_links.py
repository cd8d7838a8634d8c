"""Personal links, the sign-ins that they open, and their mail."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "links"

forwards = from_sql(ID, DESCRIPTION)
