"""Running the portal on a machine: its database server, roles, migrations, processes, checks."""
