"""What the law gives a person and asks of operator and recipient: provision records, placement register, erasure."""
