"""Words and formats: every message in the reader's language, and how dates, addresses and sizes are written in it."""
