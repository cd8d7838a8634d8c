"""Resumes: set in type, stamped, in worker processes."""
