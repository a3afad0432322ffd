"""A small installation with two agencies, and browsers without JavaScript for its people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import Ihala, Settings, Text, open_ihala
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.clock import MovableClock
from engine.demonstration import people, places
from engine.directory import Directory, Organisation, Shelter
from engine.releases import current_release, install
from web.app import create_app

MECHANISM = Path(__file__).parents[1] / "small_mechanism"
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
DIRECTORY = Directory(
    {
        one.id: one
        for one in (
            Organisation("line", Text("Hotline", "خط ساخن"), "hotline", "C", frozenset({"first_responder"})),
            Organisation("other_line", Text("Other line", "خط آخر"), "hotline", "GZ", frozenset({"first_responder"})),
            Organisation(
                "ministry",
                Text("Ministry", "الوزارة"),
                "ministry",
                "C",
                frozenset({"case_coordinator", "administrator", "process_owner"}),
            ),
            Organisation("haven", Text("Haven", "الواحة"), "shelter", "GZ", frozenset()),
        )
    },
    {"haven": Shelter("haven", True, 4, {"admits_sexes": ["Feminine"], "min_age": 0, "max_age": 99})},
)
RESPONDER, STRANGER = "first_responder.line", "first_responder.other_line"
PROCESS_OWNER, SECOND_OWNER = "process_owner.ministry", "process_owner.ministry.2"
COORDINATOR, ADMINISTRATOR = "case_coordinator.ministry", "administrator.ministry"


@dataclass
class Site:
    """The installation under test and its pages."""

    ihala: Ihala
    app: Flask
    clock: MovableClock

    def visitor(self) -> FlaskClient:
        """Somebody who has not signed in."""
        return self.app.test_client()

    def signed_in(self, sign_in_name: str, language: str = "en") -> FlaskClient:
        client = self.visitor()
        send(client, "/sign-in", {"sign_in_name": sign_in_name, "password": DEMONSTRATION_PASSWORD})
        client.get(f"/?language={language}")
        client.post("/language", data={"language": language, "csrf_token": token_of(client, "/notices")})
        return client

    def referral(self, client: FlaskClient) -> str:
        """A new case by this person; the address of its first task."""
        answer = send(client, "/new/referral", {}, form_at="/new")
        return str(answer.location)


@pytest.fixture
def site(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    with installed(sqlite_url, tmp_path) as settled:
        yield settled


@contextmanager
def installed(database_url: str, folder: Path) -> Iterator[Site]:
    """The small mechanism in a migrated database, with its organisations and people."""
    clock = MovableClock(NOW)
    ihala = open_ihala(Settings(data_folder=folder, database=database_url), clock)
    install(ihala, MECHANISM)
    with ihala.database.reading() as tx:
        charter = current_release(ihala, tx).charter
    places.settle(ihala, DIRECTORY)
    people.hire(ihala, DIRECTORY, charter)
    app = create_app(ihala)
    yield Site(ihala, app, clock)
    ihala.close()


def token_of(client: FlaskClient, path: str) -> str:
    """The token against forged forms, from the page that stands at the path."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    return found.group(1) if found else ""


def send(client: FlaskClient, path: str, typed: dict[str, object], form_at: str = "") -> TestResponse:
    """Send a form as the page at `form_at` (or at the path) would."""
    return client.post(path, data={**typed, "csrf_token": token_of(client, form_at or path)})
