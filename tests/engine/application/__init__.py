"""Cases that run against a real database."""
