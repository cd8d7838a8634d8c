"""Certified levels of Japanese apart from self-assessed ones, and JFT-Basic as it is scored from August 2026."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T19:22:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "levels"

forwards = from_sql(ID, DESCRIPTION)
