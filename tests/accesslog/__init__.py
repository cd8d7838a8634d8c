"""Tests of the access log's tables."""
