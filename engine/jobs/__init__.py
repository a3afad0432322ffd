"""Background work: what the worker does between the requests of people."""
