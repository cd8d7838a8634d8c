"""Keys in the order of time, indexes that answer by themselves, and the reasons of outcomes as a closed list."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-25T22:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "keys"

forwards = from_sql(ID, DESCRIPTION)
