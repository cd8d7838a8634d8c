"""Tests of the heart: the rule, the boundary in the database, the promises."""
