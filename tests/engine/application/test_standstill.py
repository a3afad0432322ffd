"""A case that waits for nothing, though it has not ended, is an incident in the step that leaves it so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.case_page import case_view
from engine.correcting import correct_answer
from engine.incidents import incidents
from engine.jobs.standing import tell_standing
from engine.persistence.tables.work import incident
from engine.tasks import complete_task
from tests.engine.application.office import Office, files, office
from tests.engine.execution.diagrams import diagram, end, flow, gateway, path, start, user


def drawn() -> bytes:
    """After `take`, one branch goes straight to the join, the other only where she agrees."""
    return diagram(
        "help",
        '<laneSet id="lanes"><lane id="responder"><flowNodeRef>take</flowNodeRef>'
        "<flowNodeRef>finish</flowNodeRef></lane></laneSet>",
        start(),
        user("take"),
        gateway("parallel", "both"),
        gateway("exclusive", "q", "q-out"),
        gateway("parallel", "joined"),
        user("finish"),
        end("out"),
        end(),
        path("s", "take", "both", "joined", "finish", "e"),
        flow("both", "q"),
        flow("q", "joined", 'take.agrees = "yes"'),
        flow("q", "out"),
    )


@pytest.fixture
def at(database_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = office(database_url, tmp_path, {**files(), "help.bpmn": drawn()})
    yield opened
    opened.ihala.close()


def acts(at: Office) -> list[str]:
    return [one.act for one in incidents(at.ihala, at.operator)]


def test_a_case_that_waits_for_something_is_no_incident(at: Office) -> None:
    at.take(agrees="yes")
    assert acts(at) == []


def test_a_case_that_waits_for_nothing_is_an_incident(at: Office) -> None:
    at.take(agrees="no")
    assert acts(at) == ["stuck"]


def test_an_ended_case_is_no_incident(at: Office) -> None:
    at.take(agrees="yes")
    complete_task(at.ihala, at.responder, at.tasks_of(at.responder)["finish"], {})
    assert acts(at) == []


def test_a_correction_that_moves_the_case_on_ends_the_incident(at: Office) -> None:
    case_id = at.take(agrees="no")
    entry = case_view(at.ihala, at.responder, case_id).record[0].id
    correct_answer(at.ihala, at.responder, entry, {"known_as": "Zahra", "agrees": "yes"}, "She said yes")
    assert acts(at) == []


def as_an_older_version_left_it(at: Office) -> None:
    """The case stands still, and nobody was told."""
    at.take(agrees="no")
    with at.ihala.database.writing() as tx:
        tx.execute(sa.delete(incident))


def test_a_worker_that_starts_tells_of_a_case_that_stood_still_before(at: Office) -> None:
    as_an_older_version_left_it(at)
    assert (tell_standing(at.ihala), acts(at)) == (1, ["stuck"])


def test_it_is_told_once(at: Office) -> None:
    as_an_older_version_left_it(at)
    assert [tell_standing(at.ihala) for _ in range(2)] == [1, 0]


def test_a_case_that_waits_is_told_of_by_no_worker(at: Office) -> None:
    at.take(agrees="yes")
    assert tell_standing(at.ihala) == 0
