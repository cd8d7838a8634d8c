"""The signed agreement as a file: set in type, with a page of evidence, and signed by the operator (PAdES)."""
