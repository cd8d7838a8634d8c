"""By what the candidates of a position are judged, and what each of a company's people makes of one of them."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T01:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "scorecards"

forwards = from_sql(ID, DESCRIPTION)
