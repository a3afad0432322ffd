"""Rewrites a diagram into one that SpiffWorkflow executes as it is drawn (`rewriting.normalise`)."""
