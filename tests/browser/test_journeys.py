"""The main job: a woman and a girl go from referral to closure, each task done by its role in a browser."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from engine import Ihala, Settings, open_ihala, shelters, worklist
from engine.clock import MovableClock
from engine.demonstration import people, places
from engine.demonstration.people import Person
from engine.execution import Mechanism
from engine.rehearsal.stories import directory_in, scenarios_in
from engine.releases import current_release, install
from tests.browser.conftest import DESK, PICTURES, fresh_page
from tests.browser.journeys import Desk, Journey
from web.app import create_app

WORKFLOWS = Path(__file__).resolve().parents[2] / "workflows"
BEFORE = datetime(2026, 3, 1, tzinfo=UTC)
PICTURED_BEFORE, PICTURED = "draw_up_plan", "services"
"""When the case stands in the middle of a diagram, and which."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The organisations and people of the demonstration on the real mechanism, and no case yet."""

    ihala: Ihala
    app: Flask
    clock: MovableClock
    mechanism: Mechanism
    people: list[Person]

    def somebody(self, role: str) -> Person:
        return next(one for one in self.people if one.role == role)


@contextmanager
def demonstration(database_url: str, folder: Path) -> Iterator[Demonstration]:
    clock = MovableClock(BEFORE)
    ihala = open_ihala(Settings(data_folder=folder, database=database_url), clock)
    install(ihala, WORKFLOWS)
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
    directory = directory_in(release.mechanism.files)
    places.settle(ihala, directory)
    staff = people.hire(ihala, directory, release.charter)
    yield Demonstration(ihala, create_app(ihala), clock, release.mechanism, staff)
    ihala.close()


@dataclass(frozen=True, slots=True)
class Lived:
    """A story that was lived to its end, at the desk where it was."""

    shown: Demonstration
    journey: Journey
    desk: Desk


@pytest.fixture(
    scope="module",
    params=[("woman_to_closure", "ar"), pytest.param(("girl_to_closure", "en"), marks=pytest.mark.slow)],
    ids=["woman", "girl"],
)
def lived(
    request: pytest.FixtureRequest,
    browser: Browser,
    served: Callable[[Flask], AbstractContextManager[str]],
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lived]:
    """The story, step by step; pictures of the inbox and of the diagram on the way."""
    story, language = request.param
    folder = tmp_path_factory.mktemp(story)
    url = f"sqlite:///{shutil.copy(sqlite_template, folder / 'ihala.sqlite3')}"
    with (
        demonstration(url, folder) as shown,
        served(shown.app) as address,
        fresh_page(browser, language, DESK) as page,
    ):
        desk = Desk(page, address, language)
        journey = Journey(shown.ihala, shown.clock, shown.mechanism, shown.people, desk)
        live(journey, shown, story)
        yield Lived(shown, journey, desk)


def live(journey: Journey, shown: Demonstration, story: str) -> None:
    told = next(one for one in scenarios_in(shown.mechanism.files) if Path(one.name).stem == story)
    journey.begin(told, shown.somebody("first_responder"))
    for step in told.steps:
        if step.get("do") == PICTURED_BEFORE:
            picture(journey.desk, shown.somebody("case_coordinator"))
        journey.take(step)


def picture(desk: Desk, coordinator: Person) -> None:
    """The coordinator's inbox, and the case on its diagram."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    desk.is_for(coordinator)
    desk.page.screenshot(path=PICTURES / f"journey_inbox.{desk.language}.png", full_page=True)
    desk.open_case()
    desk.open_diagram(PICTURED)
    desk.page.screenshot(path=PICTURES / f"journey_diagram.{desk.language}.png", full_page=True)


def test_the_page_of_the_case_says_that_the_file_is_closed(lived: Lived) -> None:
    lived.desk.is_for(lived.shown.somebody("case_coordinator"))
    lived.desk.open_case(is_closed=True)
    assert lived.desk.says("File closed") in lived.desk.page.inner_text("main .ihala-case")


def test_nothing_waits_in_any_inbox(lived: Lived) -> None:
    counts = {one.sign_in_name: worklist.counts(lived.shown.ihala, one.actor) for one in lived.shown.people}
    assert [name for name, found in counts.items() if found.mine or found.team] == []


def test_every_bed_is_free(lived: Lived) -> None:
    rows = shelters.shelter_list(lived.shown.ihala, lived.shown.somebody("case_coordinator").actor)
    assert [(row.name.en, row.occupied, row.reserved) for row in rows if row.free != row.beds] == []


def test_the_file_went_through_the_hands_of_many_agencies(lived: Lived) -> None:
    agencies = {one.actor.memberships[0].organisation_id for one in lived.journey.worked}
    assert len(agencies) >= 7
