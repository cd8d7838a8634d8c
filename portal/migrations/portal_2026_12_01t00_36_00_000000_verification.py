"""The verifications of the log that the worker does: asked for, how far, and what they found."""

from portal.migrations.run_sql import from_sql

ID = "2026-12-01T00:36:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "verification"

forwards = from_sql(ID, DESCRIPTION)
