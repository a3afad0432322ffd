"""Reminders of a task that waits for a consent stand still, and begin when the consent is given.

A clock that lets the case go on without the task runs all the same: no case waits for a consent for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.consents import withdraw_consent
from engine.jobs.tick import tick
from engine.persistence import clock_rows
from engine.tasks import complete_task
from engine.worklist import inbox
from tests.engine.application.office import NOW, Office, files, office

LATE = (
    b'<boundaryEvent id="treat_late" attachedToRef="treat" cancelActivity="{cancels}" ihala:deadline="true">'
    b"<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition></boundaryEvent>"
    b'<endEvent id="silent"/><sequenceFlow id="treat_late-silent" sourceRef="treat_late" targetRef="silent"/>'
)


def drawn(*, cancels: bool) -> dict[str, bytes]:
    before, found, after = files()["help.bpmn"].rpartition(b"</process>")
    clock = LATE.replace(b"{cancels}", b"true" if cancels else b"false")
    return {**files(), "help.bpmn": before + clock + found + after}


@pytest.fixture
def at(database_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = office(database_url, tmp_path, drawn(cancels=False))
    yield opened
    opened.ihala.close()


@pytest.fixture
def going_on(database_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = office(database_url, tmp_path, drawn(cancels=True))
    yield opened
    opened.ihala.close()


def asked(at: Office) -> str:
    """A case whose doctor is not asked yet: the person has not agreed."""
    case_id = at.take()
    at.check()
    return case_id


def agree(at: Office) -> None:
    complete_task(at.ihala, at.coordinator, at.tasks_of(at.coordinator)["ask"], {})


def due(at: Office, case_id: str) -> list[timedelta]:
    with at.ihala.database.reading() as tx:
        return [row.due_at - NOW for row in clock_rows.of_case(tx, case_id) if row.element == "treat_late"]


def test_nobody_is_late_who_was_not_asked(at: Office) -> None:
    asked(at)
    at.clock.move_to(at.clock.now() + timedelta(days=4))
    assert tick(at.ihala).fired == 0


def test_the_clock_begins_with_the_consent(at: Office) -> None:
    case_id = asked(at)
    at.clock.move_to(at.clock.now() + timedelta(days=4))
    agree(at)
    assert due(at, case_id) == [timedelta(days=7)]


def test_the_receiver_sees_the_new_due_date(at: Office) -> None:
    asked(at)
    at.clock.move_to(at.clock.now() + timedelta(days=4))
    agree(at)
    assert [row.due_at for row in inbox(at.ihala, at.doctor, "team").rows] == [NOW + timedelta(days=7)]


def test_the_clock_fires_after_the_consent(at: Office) -> None:
    asked(at)
    agree(at)
    at.clock.move_to(at.clock.now() + timedelta(days=3, minutes=1))
    assert tick(at.ihala).fired == 1


def test_a_withdrawn_consent_stops_the_clock(at: Office) -> None:
    case_id = asked(at)
    agree(at)
    withdraw_consent(at.ihala, at.coordinator, case_id, "health", "changed her mind")
    at.clock.move_to(at.clock.now() + timedelta(days=4))
    assert tick(at.ihala).fired == 0


def test_no_case_waits_for_a_consent_for_ever(going_on: Office) -> None:
    asked(going_on)
    going_on.clock.move_to(going_on.clock.now() + timedelta(days=4))
    assert tick(going_on.ihala).fired == 1
