"""Notices by mail at once, once a day, or never, as each account chooses."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:21:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "notices"

forwards = from_sql(ID, DESCRIPTION)
