"""What people were shown when they were asked, and what they said."""
