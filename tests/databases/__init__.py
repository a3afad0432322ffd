"""Databases for the tests: each test gets its own, migrated and empty."""
