"""The kind of mail that tells recruiters of new candidates."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:37:41:000000"
VERSION = "1.38.0"
DESCRIPTION = "forward"

forwards = from_sql(ID, DESCRIPTION)
