"""An index of the duties to delete that are open, which the account managers' menu counts."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:27:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "openduties"

forwards = from_sql(ID, DESCRIPTION)
