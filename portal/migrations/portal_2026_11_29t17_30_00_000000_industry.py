"""What a company does."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T17:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "industry"

forwards = from_sql(ID, DESCRIPTION)
