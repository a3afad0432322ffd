"""The main job: a woman and a girl go from referral to closure, each step done by its role in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from engine import Ihala, Settings, open_ihala
from engine.clock import MovableClock
from engine.demonstration import people, places
from engine.demonstration.people import Person
from engine.execution import Mechanism
from engine.rehearsal.stories import directory_in
from engine.releases import current_release, install
from web.app import create_app

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
BEFORE = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Demonstrated:
    """The demonstration with its organisations and people and no case, on the real mechanism."""

    ihala: Ihala
    app: Flask
    clock: MovableClock
    mechanism: Mechanism
    people: list[Person]

    def starter(self) -> Person:
        """Whoever takes the first call."""
        return next(one for one in self.people if one.role == "first_responder")


@contextmanager
def demonstrated(database_url: str, folder: Path) -> Iterator[Demonstrated]:
    clock = MovableClock(BEFORE)
    ihala = open_ihala(Settings(data_folder=folder, database=database_url), clock)
    install(ihala, WORKFLOWS)
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
    directory = directory_in(release.mechanism.files)
    places.settle(ihala, directory)
    staff = people.hire(ihala, directory, release.charter)
    yield Demonstrated(ihala, create_app(ihala), clock, release.mechanism, staff)
    ihala.close()
