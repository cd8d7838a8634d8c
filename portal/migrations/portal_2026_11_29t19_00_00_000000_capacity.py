"""In what capacity an account acts, and who holds it."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T19:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "capacity"

forwards = from_sql(ID, DESCRIPTION)
