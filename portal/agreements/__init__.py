"""What companies promised before they see anyone, and each recruiter's own undertaking."""
