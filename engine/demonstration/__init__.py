"""Fills a new installation with invented organisations, people and cases, by running the engine itself."""
