"""Claiming, handing back, taking over and completing tasks."""

from __future__ import annotations

import pytest

from engine.access import NotAllowed, NotFound
from engine.case_page import case_view
from engine.completing import AssignedToAnother, SecondPersonNeeded, StaleItem
from engine.forms import FormErrors
from engine.notices import notices
from engine.task_page import open_task
from engine.tasks import claim, complete_task, hand_back, save_draft, take_over
from engine.worklist import counts, inbox
from tests.engine.application.office import Office, later


def test_the_first_task_belongs_to_whoever_started_the_case(at: Office) -> None:
    item_id = at.open()
    assert [row.id for row in inbox(at.ihala, at.responder, "mine").rows] == [item_id]


def test_a_task_is_due_at_its_deadline(at: Office) -> None:
    at.open()
    assert inbox(at.ihala, at.responder, "mine").rows[0].due_at == later(2)


def test_a_completed_task_says_where_the_case_is_now(at: Office) -> None:
    done = complete_task(at.ihala, at.responder, at.open(), {"agrees": "yes"})
    assert done.sentences[0].en == "'Take' is done."


def test_the_next_task_of_the_same_seat_is_handed_back(at: Office) -> None:
    done = complete_task(at.ihala, at.responder, at.open(), {"agrees": "yes"})
    assert done.next_item_id == at.tasks_of(at.colleague)["check"]


def test_whoever_comes_second_is_told_who_was_first(at: Office) -> None:
    at.take()
    item_id = at.tasks_of(at.colleague)["check"]
    complete_task(at.ihala, at.colleague, item_id, {})
    with pytest.raises(StaleItem) as refused:
        complete_task(at.ihala, at.colleague, item_id, {})
    assert "Colleague" in refused.value.text.en


def test_the_first_person_may_not_be_the_second(at: Office) -> None:
    at.take()
    with pytest.raises(SecondPersonNeeded):
        complete_task(at.ihala, at.responder, at.tasks_of(at.responder)["check"], {})


def test_answers_that_do_not_fit_change_nothing(at: Office) -> None:
    item_id = at.open()
    with pytest.raises(FormErrors):
        complete_task(at.ihala, at.responder, item_id, {"agrees": "perhaps"})
    assert at.tasks_of(at.responder) == {"take": item_id}


def test_a_claimed_task_is_refused_to_a_colleague(at: Office) -> None:
    item_id = at.open()
    with pytest.raises(AssignedToAnother):
        complete_task(at.ihala, at.colleague, item_id, {"agrees": "yes"})


def test_answers_to_a_task_of_a_colleague_are_kept_as_a_draft(at: Office) -> None:
    item_id = at.open()
    with pytest.raises(AssignedToAnother):
        complete_task(at.ihala, at.colleague, item_id, {"agrees": "yes"})
    draft = open_task(at.ihala, at.colleague, item_id).draft
    assert draft is not None
    assert draft["agrees"] == ["yes"]


def test_only_one_of_two_claims_wins(at: Office) -> None:
    at.take()
    item_id = at.tasks_of(at.colleague)["check"]
    claim(at.ihala, at.colleague, item_id)
    with pytest.raises(AssignedToAnother):
        claim(at.ihala, at.responder, item_id)


def test_a_task_handed_back_carries_its_note(at: Office) -> None:
    item_id = at.open()
    hand_back(at.ihala, at.responder, item_id, "I am off duty")
    assert open_task(at.ihala, at.colleague, item_id).note == "I am off duty"


def test_only_its_holder_hands_a_task_back(at: Office) -> None:
    item_id = at.open()
    with pytest.raises(NotAllowed):
        hand_back(at.ihala, at.colleague, item_id, "")


def test_whoever_loses_a_task_is_told(at: Office) -> None:
    item_id = at.open()
    take_over(at.ihala, at.colleague, item_id, "She is ill")
    assert [one.kind for one in notices(at.ihala, at.responder)] == ["taken_over"]


def test_a_draft_comes_back_as_it_was_typed(at: Office) -> None:
    item_id = at.open()
    save_draft(at.ihala, at.responder, item_id, {"known_as": ["  Zah"], "agrees": []})
    assert open_task(at.ihala, at.responder, item_id).draft == {"known_as": ["  Zah"], "agrees": []}


def test_a_stranger_learns_nothing_of_a_task(at: Office) -> None:
    item_id = at.open()
    with pytest.raises(NotFound):
        open_task(at.ihala, at.stranger, item_id)


def test_counts_are_those_of_the_views(at: Office) -> None:
    at.open()
    at.open()
    found = counts(at.ihala, at.responder)
    assert (found.mine, found.team, found.overdue, found.open) == (2, 2, 0, 0)


def test_pages_follow_each_other_without_a_gap(at: Office) -> None:
    opened = [at.open() for _ in range(5)]
    first = inbox(at.ihala, at.responder, "team", limit=2)
    second = inbox(at.ihala, at.responder, "team", after=first.next, limit=2)
    third = inbox(at.ihala, at.responder, "team", after=second.next, limit=2)
    assert sorted(row.id for page in (first, second, third) for row in page.rows) == sorted(opened)


def test_what_i_did_stands_in_my_view_of_done_tasks(at: Office) -> None:
    at.take()
    assert [row.element for row in inbox(at.ihala, at.responder, "done").rows] == ["take"]


def test_the_coordinator_sees_no_case_before_it_reaches_them(at: Office) -> None:
    case_id = at.case_of(at.open())
    with pytest.raises(NotFound):
        case_view(at.ihala, at.coordinator, case_id)
