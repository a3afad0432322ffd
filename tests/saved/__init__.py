"""Cases as each format of the snapshot saved them: every one opens and runs to its end, for ever."""
