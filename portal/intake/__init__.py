"""What comes in from outside: folders of files that an operator imports."""
