"""Notes among colleagues about a candidate, and whom they mention."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:47:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "colleaguenotes"

forwards = from_sql(ID, DESCRIPTION)
