"""Who a recipient is became another, and what compliance recorded of it."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:38:17:000000"
VERSION = "1.38.0"
DESCRIPTION = "succession"

forwards = from_sql(ID, DESCRIPTION)
