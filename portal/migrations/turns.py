"""Who may change the tables of the portal's database: one migrator, and only while no command writes into them.

A command that writes holds the lock together with others, a migrator holds it alone. PostgreSQL lets go of it with
the transaction, or with the connection.
"""

TRY_TO_MIGRATE = "select pg_try_advisory_xact_lock(hashtext('portal migrations'))"
"""A migrator that cannot have it asks again: were it to queue, every command would queue behind it."""
WRITE = "select pg_advisory_lock_shared(hashtext('portal migrations'))"
TRY_TO_WRITE_ONCE = "select pg_try_advisory_xact_lock_shared(hashtext('portal migrations'))"
WRITE_ONCE = "select pg_advisory_xact_lock_shared(hashtext('portal migrations'))"
