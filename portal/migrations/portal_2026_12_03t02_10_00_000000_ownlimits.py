"""A company's administrators can let its people save fewer files in a day than the agreement says."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-03T02:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "ownlimits"

forwards = from_sql(ID, DESCRIPTION)
