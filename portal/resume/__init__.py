"""Resumes made of exactly the items that are open to one viewer, and the stamp each copy carries."""
