"""A person's law is loosened on the record alone; California's ceiling is the published list."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T20:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "law"

forwards = from_sql(ID, DESCRIPTION)
