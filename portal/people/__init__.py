"""What the operator's staff do for the people who are introduced: find them, and record what they say."""
