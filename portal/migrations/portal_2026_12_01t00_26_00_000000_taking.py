"""An agreement can limit what one person saves in a day; whose each file is stands with it."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:26:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "taking"

forwards = from_sql(ID, DESCRIPTION)
