"""The records of provisions to companies (APPI 29, 30), and who a company was from when on."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:46:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "provisions"

forwards = from_sql(ID, DESCRIPTION)
