"""What the portal sends, and what it does later: written with the decision, done by the worker."""
