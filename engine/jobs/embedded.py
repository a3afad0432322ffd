"""The worker without an outside queue: rounds until it is told to stop; any number may run beside each other."""

from __future__ import annotations

import time
from threading import Event
from typing import TYPE_CHECKING

import structlog

from engine.jobs.rotation import rewrap_keys
from engine.jobs.standing import tell_standing
from engine.jobs.tick import tick
from engine.persistence import DatabaseError

if TYPE_CHECKING:
    from engine.application import Ihala

_log = structlog.get_logger("ihala.worker")


def work(ihala: Ihala, stop: Event) -> None:
    """Re-wrap keys after a rotation, tell of cases that stand still, then go round.

    A database that does not answer is logged and asked again; everything else ends the worker.
    """
    has_begun = False
    while not stop.is_set():
        try:
            if not has_begun:
                rewrap_keys(ihala)
                tell_standing(ihala)
                has_begun = True
            began = time.monotonic()
            done = tick(ihala)
        except DatabaseError as error:
            _log.error("database_unavailable", kind=type(error).__name__)
            stop.wait(ihala.settings.tick_seconds)
            continue
        if done.did_anything:
            counted = {"fired": done.fired, "delivered": done.delivered, "sent": done.sent, "overdue": done.overdue}
            _log.info("job", job="round", ms=round((time.monotonic() - began) * 1000), **counted)
        else:
            stop.wait(ihala.settings.tick_seconds)
