"""When an introduction came to the stage where it is, and who moved it there."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T22:58:31:000000"
VERSION = "1.38.0"
DESCRIPTION = "moves"

forwards = from_sql(ID, DESCRIPTION)
