"""The strictest law that the record of a person demanded, by the address or by what stands under another number."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "leastlaw"

forwards = from_sql(ID, DESCRIPTION)
