"""An introduction holds when it was decided on, so that the rule need not look for its outcome."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:11:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "decided"

forwards = from_sql(ID, DESCRIPTION)
