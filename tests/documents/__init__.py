"""Documents: sealed, stored, cleaned."""
