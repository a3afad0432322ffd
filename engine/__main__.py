"""`python -m engine`: the verbs that need no HTTP."""

import sys

from engine.command_line import main

if __name__ == "__main__":
    sys.exit(main())
