"""Which level of signature (PAdES) a signed paper has, beside whether it was stamped."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:26:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "paperlevel"

forwards = from_sql(ID, DESCRIPTION)
