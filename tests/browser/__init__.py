"""Pages in a real browser: few, in both languages, each with an accessibility check."""
