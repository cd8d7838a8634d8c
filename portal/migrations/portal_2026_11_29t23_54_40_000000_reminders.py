"""Which ends of agreements were reminded of."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:54:40:000000"
VERSION = "1.38.0"
DESCRIPTION = "reminders"

forwards = from_sql(ID, DESCRIPTION)
