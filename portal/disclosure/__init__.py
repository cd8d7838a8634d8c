"""The gate: the rule in SQL (`gate/`), how it is put into the database, and the typed calls to it."""
