"""Pages that are opened for printing are taken away, as files are."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T02:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "printed"

forwards = from_sql(ID, DESCRIPTION)
