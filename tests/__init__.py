"""Every test is a sentence and asserts one thing."""
