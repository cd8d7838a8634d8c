"""When a company or a position was changed, and since when and why a company is over."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T18:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "states"

forwards = from_sql(ID, DESCRIPTION)
