"""Contracted employers, their groups and openings."""
