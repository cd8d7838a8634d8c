"""How long a selection may go on without activity, and when there last was some."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:58:41:000000"
VERSION = "1.38.0"
DESCRIPTION = "inactive"

forwards = from_sql(ID, DESCRIPTION)
