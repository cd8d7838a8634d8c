"""Which addresses accounts had before."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T19:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "addresses"

forwards = from_sql(ID, DESCRIPTION)
