"""What the rule asks about each introduction of a list stands in the list's own index."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:58:23:000000"
VERSION = "1.38.0"
DESCRIPTION = "walked"

forwards = from_sql(ID, DESCRIPTION)
