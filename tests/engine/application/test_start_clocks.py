"""Cases that a clock or a signal begins, in the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import start_clocks
from engine.deliveries import receive_signal
from engine.incidents import incidents
from engine.jobs.tick import tick
from engine.persistence import start_clock_rows
from engine.persistence.tables.releases import mechanism_release
from engine.releases import install
from engine.worklist import inbox
from tests.engine.application.office import NOW, Office, files, office
from tests.engine.execution.diagrams import (
    declare,
    diagram,
    element,
    end,
    event,
    extensions,
    path,
    service,
    timer,
    user,
)

Opened = Callable[[dict[str, bytes]], Office]


@pytest.fixture
def opened(database_url: str, tmp_path: Path) -> Iterator[Opened]:
    """Opens an office on a mechanism of these files."""
    made: list[Office] = []

    def open_(drawn: dict[str, bytes]) -> Office:
        made.append(office(database_url, tmp_path, {"mechanism.toml": files()["mechanism.toml"], **drawn}))
        return made[-1]

    yield open_
    for one in made:
        one.ihala.close()


def clocked(text: str, form: str, *nodes: str) -> dict[str, bytes]:
    """`help` begins by this clock and goes through these nodes, or through one task."""
    inside = nodes or (user("take", ihala_role='"responder"'),)
    names = [one.partition('id="')[2].partition('"')[0] for one in inside]
    first = element("startEvent", "s", timer(text, form))
    return {"help.bpmn": diagram("help", first, *inside, end(), path("s", *names, "e"))}


def after(at: Office, days: float) -> int:
    """How many tasks wait after so many days since the release came into force."""
    at.clock.move_to(NOW + timedelta(days=days))
    tick(at.ihala)
    tick(at.ihala)
    return waiting(at)


def waiting(at: Office) -> int:
    return len(inbox(at.ihala, at.responder, "team").rows)


def test_a_cycle_begins_a_case_at_each_of_its_moments(opened: Opened) -> None:
    at = opened(clocked("R3/P1D", "timeCycle"))
    assert [after(at, days) for days in (0.5, 1, 2, 3, 4, 5)] == [0, 1, 2, 3, 3, 3]


def test_moments_that_passed_while_nobody_worked_each_begin_a_case(opened: Opened) -> None:
    at = opened(clocked("R/P1D", "timeCycle"))
    tick(at.ihala)
    at.clock.move_to(NOW + timedelta(days=3))
    for _ in range(5):
        tick(at.ihala)
    assert waiting(at) == 3


def test_a_duration_counts_from_when_the_release_came_into_force(opened: Opened) -> None:
    at = opened(clocked("PT36H", "timeDuration"))
    assert [after(at, days) for days in (1, 1.5, 9)] == [0, 1, 1]


def test_a_date_that_was_past_when_the_release_came_into_force_begins_nothing(opened: Opened) -> None:
    at = opened(clocked("2026-02-01", "timeDate"))
    assert after(at, 1) == 0


def test_a_moment_begins_one_case_whichever_worker_sees_it(opened: Opened) -> None:
    at = opened(clocked("R/P1D", "timeCycle"))
    tick(at.ihala)
    at.clock.move_to(NOW + timedelta(days=1))
    with at.ihala.database.reading() as tx:
        row = start_clock_rows.due(tx, at.clock.now(), 10)[0]
    assert [start_clocks._begin(at.ihala, row) for _ in range(3)] == [1, 0, 0]


def test_a_newer_release_sets_its_own_clocks_in_place_of_the_old(opened: Opened) -> None:
    at = opened(clocked("R/P1D", "timeCycle"))
    after(at, 0)
    for name, content in clocked("R/P7D", "timeCycle").items():
        (at.ihala.settings.workflows / name).write_bytes(content)
    install(at.ihala, at.ihala.settings.workflows)
    publish(at)
    assert [after(at, days) for days in (1, 6, 7)] == [0, 0, 1]


def publish(at: Office) -> None:
    """The draft comes into force in place of the release before it."""
    table = mechanism_release
    with at.ihala.database.writing() as tx:
        tx.execute(sa.update(table).where(table.c.status == "published").values(status="retired"))
        drafts = sa.update(table).where(table.c.status == "draft")
        tx.execute(drafts.values(status="published", published_at=at.clock.now()))


def test_a_case_that_cannot_begin_is_an_incident_and_its_clock_goes_on(opened: Opened) -> None:
    joining = service("join", "join_team", extensions(inputs={"role": '"doctor"', "organisation": '"nowhere"'}))
    at = opened(clocked("R/P1D", "timeCycle", joining))
    after(at, 1)
    after(at, 2)
    assert [one.act for one in incidents(at.ihala, at.operator)] == ["start", "start"]


def begun_by_alarm(process_id: str) -> bytes:
    first = element("startEvent", "s", event("signal", "alarm"))
    declared = declare("signal", "alarm")
    task = user("take", ihala_role='"responder"')
    return diagram(process_id, first, task, end(), path("s", "take", "e"), declared=declared)


def test_a_signal_begins_every_process_that_starts_with_it_once(opened: Opened) -> None:
    at = opened({f"{name}.bpmn": begun_by_alarm(name) for name in ("help", "rescue")})
    receive_signal(at.ihala, "alarm", {}, message_id="alarm 1")
    for _ in range(3):
        tick(at.ihala)
    assert waiting(at) == 2


def test_a_signal_that_comes_again_begins_nothing_more(opened: Opened) -> None:
    at = opened({"help.bpmn": begun_by_alarm("help")})
    for _ in range(2):
        receive_signal(at.ihala, "alarm", {}, message_id="alarm 1")
        tick(at.ihala)
        tick(at.ihala)
    assert waiting(at) == 1
