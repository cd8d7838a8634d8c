"""The law of everybody who is recorded with one e-mail address or telephone number, and none of an erased person."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T01:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "samelaw"

forwards = from_sql(ID, DESCRIPTION)
