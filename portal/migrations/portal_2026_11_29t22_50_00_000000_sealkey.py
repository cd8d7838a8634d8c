"""With each checkpoint, the public key that it was signed with."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sealkey"

forwards = from_sql(ID, DESCRIPTION)
