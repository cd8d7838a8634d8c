"""The access log: what was shown to whom, for which purpose, on whose consent."""
