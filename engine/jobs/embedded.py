"""The worker without an outside queue: rounds until it is told to stop; any number may run beside each other."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import structlog

from engine.jobs.rotation import rewrap_keys
from engine.jobs.tick import tick
from engine.persistence import DatabaseError

if TYPE_CHECKING:
    from engine.application import Ihala

_log = structlog.get_logger("ihala.worker")


def work(ihala: Ihala, stop: Event) -> None:
    """Re-wrap keys after a rotation, then go round.

    A database that does not answer is logged and asked again; everything else ends the worker.
    """
    rewrap_keys(ihala)
    while not stop.is_set():
        try:
            done = tick(ihala)
        except DatabaseError as error:
            _log.error("database_unavailable", kind=type(error).__name__)
            stop.wait(ihala.settings.tick_seconds)
            continue
        if done.did_anything:
            _log.info("round", fired=done.fired, delivered=done.delivered, sent=done.sent, overdue=done.overdue)
        else:
            stop.wait(ihala.settings.tick_seconds)
