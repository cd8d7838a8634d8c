"""Whether a password was told by somebody else, and which sign-ins can only change it."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-26T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "told"

forwards = from_sql(ID, DESCRIPTION)
