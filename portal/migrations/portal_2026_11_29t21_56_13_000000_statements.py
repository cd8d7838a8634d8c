"""What the operator's staff recorded that a person said, and mail to the person about it."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T21:56:13:000000"
VERSION = "1.38.0"
DESCRIPTION = "statements"

forwards = from_sql(ID, DESCRIPTION)
