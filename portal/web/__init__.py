"""The web kit: what every page stands on. It knows HTTP and the session; it knows no domain."""
