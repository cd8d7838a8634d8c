"""The database as domains use it: the pool, a transaction, whose it is, and the exceptions that end one. No HTTP."""
