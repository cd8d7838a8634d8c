"""What a notice says, and what a consent rests on; what older facts do not support is closed."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T20:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "evidence"

forwards = from_sql(ID, DESCRIPTION)
