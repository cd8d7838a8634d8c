"""Shokai: nobody sees a person's data without that person's live consent, a live agreement and a recorded purpose."""
