"""Data subjects and what may be known of them: the closed lists of items, purposes and statuses."""
