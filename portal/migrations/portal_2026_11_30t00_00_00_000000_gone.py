"""An index of the consents that were withdrawn, by company and moment."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-30T00:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "gone"

forwards = from_sql(ID, DESCRIPTION)
