"""A choice of an agreement or a position: what may not decide stays closed until the offer."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T21:18:42:000000"
VERSION = "1.38.0"
DESCRIPTION = "fair"

forwards = from_sql(ID, DESCRIPTION)
