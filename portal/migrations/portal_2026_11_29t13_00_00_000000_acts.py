"""The lists of actions, facts and reasons, and entries that say of what kind their subject is and what was done."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T13:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "acts"

forwards = from_sql(ID, DESCRIPTION)
