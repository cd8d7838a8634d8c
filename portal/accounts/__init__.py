"""People who sign in: their passwords, their sessions, and the administrator's list of them."""
