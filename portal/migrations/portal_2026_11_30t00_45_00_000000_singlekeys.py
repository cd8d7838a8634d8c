"""Whether an account has single keys for what it does most."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "singlekeys"

forwards = from_sql(ID, DESCRIPTION)
