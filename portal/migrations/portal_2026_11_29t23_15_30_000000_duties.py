"""What left the portal to a company, and what the company has to delete."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T23:15:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "duties"

forwards = from_sql(ID, DESCRIPTION)
