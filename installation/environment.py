"""Makes a Python environment of exactly the packages of a lock, each checked by its hash."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from installation.progress import HOME, ROOT, Stopped, call, step, words
from installation.stamps import digest, stands

SYSTEM_WHEELS = Path("/usr/share/python-wheels")  # where Debian keeps the pip that it takes out of Python


@dataclass(frozen=True)
class Environment:
    """A folder, and the lock that says what is in it."""

    name: str
    lock: Path

    @property
    def folder(self) -> Path:
        return HOME / self.name

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def make(self) -> None:
        """From scratch where the lock, its own Python or the place of the checkout is another than last time."""
        stamp = self.folder / "stamp"
        if self.python.exists() and stands(stamp, self._made_from()):
            return
        with step(words("Python packages", "حزم بايثون")):
            self._fill()
            stamp.write_text(self._made_from())

    def variables(self) -> dict[str, str]:
        """The variables of a program that runs in the environment; bytecode is kept, else each start compiles all."""
        path = os.pathsep.join([str(self.folder / "bin"), os.environ.get("PATH", os.defpath)])
        own = {"PATH": path, "VIRTUAL_ENV": str(self.folder), "PYTHONUTF8": "1"}
        given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {"IHALA_DATA_FOLDER": str(HOME / "data"), **given, **own}

    def install(self, lock: Path, *options: str) -> None:
        """With the pip settings of the user (index, certificates, proxy); only what is in the lock, only wheels."""
        pinned = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--no-compile", "-r", str(lock)]
        quiet = ["--disable-pip-version-check", "--no-input"]
        call([*self._pip(), "install", *quiet, *pinned, *options], environment={**self.variables(), "PIP_USER": "0"})

    def _made_from(self) -> str:
        return digest([self.lock], str(self.python.resolve()), str(ROOT))

    def _fill(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        pip = [] if find_spec("ensurepip") else ["--without-pip"]
        call([sys.executable, "-m", "venv", *pip, self.folder])
        self.install(self.lock)
        self._link()

    def _link(self) -> None:
        """The checkout itself: importable, after all packages, and as the command `ihala`."""
        packages = next((self.folder / "lib").glob("python3*/site-packages"))
        (packages / "ihala.pth").write_text(f"{ROOT}\n", encoding="utf-8")
        command = self.folder / "bin" / "ihala"
        data = f"IHALA_DATA_FOLDER=${{IHALA_DATA_FOLDER-{shlex.quote(str(HOME / 'data'))}}}"
        started = f'{data} exec {shlex.quote(str(self.python))} -P -m web "$@"'
        command.write_text(f"#!/bin/sh\n{started}\n", encoding="utf-8")
        command.chmod(0o755)

    def _pip(self) -> list[str]:
        """The pip of the environment; on a Debian without python3-venv, that of the system."""
        if next(self.folder.glob("lib/python3*/site-packages/pip/__main__.py"), None):
            return [str(self.python), "-m", "pip"]
        if find_spec("pip"):
            return [sys.executable, "-m", "pip", "--python", str(self.python)]
        wheel = next(SYSTEM_WHEELS.glob("pip-*.whl"), None)
        if wheel:
            return [str(self.python), f"{wheel}/pip"]
        raise Stopped(
            words(
                "This Python has no pip. Please ask your system administrator to install the package python3-venv.",
                "لا توجد أداة pip مع بايثون هذا. يرجى الطلب من مسؤول النظام تثبيت الحزمة python3-venv.",
            )
        )


RUNNING = Environment("python", ROOT / "requirements" / "ihala.lock")
TESTING = Environment("python-test", ROOT / "requirements" / "test.lock")
