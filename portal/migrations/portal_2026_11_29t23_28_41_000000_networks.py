"""The networks that a company's people may come from."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:28:41:000000"
VERSION = "1.38.0"
DESCRIPTION = "networks"

forwards = from_sql(ID, DESCRIPTION)
