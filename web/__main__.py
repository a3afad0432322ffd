"""The command `ihala` with every verb: those of the engine and those of the pages."""

import sys

from engine import command_line


def main() -> int:
    return command_line.main(packages=("engine.commands", "web.commands"))


if __name__ == "__main__":
    sys.exit(main())
