"""Tests of dates, addresses and words."""
