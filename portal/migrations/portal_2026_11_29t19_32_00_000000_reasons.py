"""No reply and a closed position are no acts of the candidate."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T19:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "reasons"

forwards = from_sql(ID, DESCRIPTION)
