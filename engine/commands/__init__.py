"""The verbs of the command `ihala` that need no HTTP: one module each (see `engine.command_line`)."""
