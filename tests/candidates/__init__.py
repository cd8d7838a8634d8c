"""What is known of people: the closed lists, and what stands in the database from before."""
