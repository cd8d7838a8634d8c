"""A plain portal in Django, to measure ours beside: a list of candidates and a candidate's page, both recorded."""
