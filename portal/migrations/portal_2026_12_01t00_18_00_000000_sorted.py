"""A list is sorted by introduction, by last change or by stage, each through an index of its own."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:18:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "sorted"

forwards = from_sql(ID, DESCRIPTION)
