"""What a company's people ask whoever looks after it, and the answers."""
