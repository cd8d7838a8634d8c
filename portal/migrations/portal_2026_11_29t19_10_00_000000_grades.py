"""Grades of statuses of residence as codes, and what each permits by them."""

from portal.migrations.run_sql import from_sql

ID = "2026-11-29T19:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "grades"

forwards = from_sql(ID, DESCRIPTION)
