"""Templates of agreements, and who approved choices that lie outside a template's bounds."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T21:57:20:000000"
VERSION = "1.38.0"
DESCRIPTION = "templates"

forwards = from_sql(ID, DESCRIPTION)
