"""Documents: kept sealed, one key per candidate, and shown only after they were cleaned."""
