"""Who erased a person and on what ground, where free text still stands, and from where a provided item was."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "erasures"

forwards = from_sql(ID, DESCRIPTION)
