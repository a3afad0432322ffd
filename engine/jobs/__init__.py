"""Background work: what the worker does between the requests of people."""

from __future__ import annotations

from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.application import Ihala


def work(ihala: Ihala, stop: Event) -> None:
    """Work until told to stop, with the driver of the database: Procrastinate comes with PostgreSQL only."""
    driver = import_module("engine.jobs.embedded" if ihala.database.is_sqlite else "engine.jobs.procrastinate")
    driver.work(ihala, stop)
