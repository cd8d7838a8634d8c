"""Agreements and undertakings, and what both say."""
