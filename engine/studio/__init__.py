"""How process owners change the mechanism: drafts, what is wrong with them, how they differ, stories, releases."""
