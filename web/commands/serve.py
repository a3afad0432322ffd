"""Serve the pages with gunicorn, and beside them one worker that fires clocks and sends messages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from threading import Event, Thread
from typing import Any

import structlog
from gunicorn.app.base import BaseApplication

from engine import Ihala, Settings, Text, logs, measures, open_ihala, releases
from web.app import create_app
from web.readiness import check_ready

STOP_SECONDS = 30
"""How long a worker may take to finish what is under way."""
_log = structlog.get_logger("ihala.serve")

HELP = Text("Serve the pages, with a worker beside them", "تشغيل الصفحات ومعها عامل الخلفية")
LISTENING = Text("Ihala listens on {address}", "نظام إحالة يعمل على {address}")


class Pages(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with settings of ours; each of its processes opens the installation for itself."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self.settings, self.options = settings, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        ihala = open_ihala(self.settings)
        warm_up(ihala)
        return create_app(ihala)


def warm_up(ihala: Ihala) -> None:
    """Read the release in force before the first person has to wait for it."""
    with ihala.database.reading() as transaction:
        releases.current_release(ihala, transaction)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--address", default="127.0.0.1:8000", help="host:port to listen on")
    parser.add_argument("--processes", type=int, default=1, help="web processes (more than one: PostgreSQL)")
    parser.add_argument("--threads", type=int, default=8, help="threads of each process")
    parser.add_argument("--no-worker", action="store_true", help="only pages; a worker runs elsewhere")


def run(arguments: Namespace) -> int:
    """Serves until it is stopped; refuses to start where the installation is not ready, and says why."""
    settings = Settings()
    ihala: Ihala = open_ihala(settings)
    caution = check_ready(ihala)
    ihala.close()
    if caution:
        print(caution.en, caution.ar, sep="\n", flush=True)
    options = {
        "bind": arguments.address,
        "workers": arguments.processes,
        "worker_class": "gthread",
        "threads": arguments.threads,
        "accesslog": None,  # addresses name cases; what was read stands in the journal
        "loglevel": "warning",
        "graceful_timeout": 10,
        "control_socket_disable": True,
    }
    logs.begin()
    with _shared_measures(), BackgroundWorker(wanted=not arguments.no_worker):
        print(LISTENING.format(address=f"http://{arguments.address}"), flush=True)
        Pages(settings, options).run()
    return 0


@contextmanager
def _shared_measures() -> Iterator[None]:
    """What pages and worker measure lies in one folder, so that whichever process is asked knows all of it."""
    folder, own = mkdtemp(prefix="ihala-measures-"), os.getpid()
    measures.share(Path(folder))
    try:
        yield
    finally:
        if os.getpid() == own:  # a web process that ends comes by here too
            shutil.rmtree(folder, ignore_errors=True)


class BackgroundWorker:
    """A worker of our own: started again where it dies, stopped when we stop."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted, self._own, self._stopping = wanted, os.getpid(), Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watching = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        if self._wanted:
            self._process = _start_worker()
            self._watching.start()

    def __exit__(self, *_: object) -> None:
        if not self._wanted or os.getpid() != self._own:  # a web process that ends comes by here too
            return
        self._stopping.set()
        self._watching.join()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=STOP_SECONDS)

    def _watch(self) -> None:
        while not self._stopping.wait(1.0):
            if self._process is not None and self._process.poll() is not None:
                _log.error("worker_started_again", ended_with=self._process.returncode)
                self._process = _start_worker()


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-P", "-m", "web", "worker"])
