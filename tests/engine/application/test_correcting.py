"""A submitted answer can be corrected: the case goes the way of the new one, the former stays in the record."""

from __future__ import annotations

import pytest

from engine.access import NotFound
from engine.case_page import case_view
from engine.correcting import ReasonNeeded, correct_answer
from engine.tasks import complete_task
from engine.views import RecordRow
from tests.engine.application.office import Office


def first_entry(at: Office, case_id: str) -> RecordRow:
    return case_view(at.ihala, at.responder, case_id).record[0]


def test_both_the_former_and_the_corrected_answer_stay(at: Office) -> None:
    case_id = at.take(known_as="Zahar Planted")
    entry = first_entry(at, case_id)
    correct_answer(at.ihala, at.responder, entry.id, {"known_as": "Zahra Planted", "agrees": "yes"}, "Misheard")
    rows = case_view(at.ihala, at.responder, case_id).record
    assert [(row.corrects, row.answers[0].value.en) for row in rows] == [
        (None, "Zahar Planted"),
        (entry.id, "Zahra Planted"),
    ]


def test_the_task_that_waits_still_waits(at: Office) -> None:
    case_id = at.take()
    correct_answer(at.ihala, at.responder, first_entry(at, case_id).id, {"agrees": "yes"}, "Misheard")
    assert list(at.tasks_of(at.colleague)) == ["check"]


def test_the_case_can_go_on_after_a_correction(at: Office) -> None:
    case_id = at.take()
    correct_answer(at.ihala, at.responder, first_entry(at, case_id).id, {"agrees": "yes"}, "Misheard")
    done = complete_task(at.ihala, at.colleague, at.tasks_of(at.colleague)["check"], {})
    assert done.case_id == case_id


def test_a_corrected_answer_takes_the_other_way(at: Office) -> None:
    case_id = at.take()
    correct_answer(at.ihala, at.responder, first_entry(at, case_id).id, {"agrees": "no"}, "She said no")
    assert at.tasks_of(at.colleague) == {}


def test_a_correction_needs_a_reason(at: Office) -> None:
    case_id = at.take()
    with pytest.raises(ReasonNeeded):
        correct_answer(at.ihala, at.responder, first_entry(at, case_id).id, {"agrees": "yes"}, " ")


def test_a_stranger_corrects_nothing(at: Office) -> None:
    entry = first_entry(at, at.take())
    with pytest.raises(NotFound):
        correct_answer(at.ihala, at.stranger, entry.id, {"agrees": "yes"}, "Because")
