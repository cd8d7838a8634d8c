"""Writing what was read: table by table, each row whole or not at all, everything on the record."""
