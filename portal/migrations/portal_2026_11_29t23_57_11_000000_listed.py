"""Which words a fact of an entry can be."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:57:11:000000"
VERSION = "1.38.0"
DESCRIPTION = "listed"

forwards = from_sql(ID, DESCRIPTION)
