"""The verbs of the command `ihala` that need the pages: one module each (see `engine.command_line`)."""
