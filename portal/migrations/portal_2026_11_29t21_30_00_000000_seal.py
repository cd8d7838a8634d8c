"""What seals the log: the leaves of its tree and the checkpoints."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T21:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "seal"

forwards = from_sql(ID, DESCRIPTION)
