"""`ihala worker`: fires due clocks, sends what waits, until it is stopped."""

from __future__ import annotations

import signal
from argparse import ArgumentParser, Namespace
from threading import Event

from engine import logs
from engine.application import open_ihala
from engine.jobs import work
from engine.jobs.tick import tick
from engine.settings import Settings
from engine.text import Text

HELP = Text("Do the background work: due clocks, e-mails, upkeep.", "تنفيذ العمل في الخلفية: المهل والرسائل والصيانة.")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="one round, then end")


def run(arguments: Namespace) -> int:
    logs.begin()
    ihala = open_ihala(Settings())
    try:
        if arguments.once:
            tick(ihala)
            return 0
        stop = Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: stop.set())
        work(ihala, stop)
    finally:
        ihala.close()
    return 0
