"""Values that people write."""
