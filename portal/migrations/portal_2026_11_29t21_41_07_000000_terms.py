"""What an agreement binds: its parties, its numbers, who signed by what authority; and the states it goes through."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T21:41:07:000000"
VERSION = "1.38.0"
DESCRIPTION = "terms"

forwards = from_sql(ID, DESCRIPTION)
