"""What staff or an employer provided has its evidence, and a file that shows a corrected value is noted as such."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "proofs"

forwards = from_sql(ID, DESCRIPTION)
