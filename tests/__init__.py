"""The tests. `people.py` is the cast, `database.py` the databases they use."""
