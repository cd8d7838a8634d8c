"""Introductions as recruiters work with them: the list, the candidate's page, documents, contact, outcomes."""
