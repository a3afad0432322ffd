"""Where cases stand: figures by step for whoever draws the mechanism, and never a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.access import NotAllowed
from engine.cases import open_case
from engine.clock import MovableClock
from engine.studio.standing import standing
from engine.tasks import complete_task
from tests.engine.studio.conftest import Studio

REPORT = {"source": "hotline", "story": "Planted words"}


def reported(studio: Studio) -> None:
    item_id = open_case(studio.ihala, studio.responder, "referral")
    complete_task(studio.ihala, studio.responder, item_id or "", REPORT)


def test_what_waits_is_counted_by_step(studio: Studio) -> None:
    reported(studio)
    reported(studio)
    open_case(studio.ihala, studio.responder, "referral")
    count, (process,) = standing(studio.ihala, studio.owner, studio.base_id)
    assert (count, {step.element: step.waiting for step in process.steps}) == (3, {"review": 2, "take_referral": 1})


def test_the_step_with_most_comes_first(studio: Studio) -> None:
    reported(studio)
    reported(studio)
    open_case(studio.ihala, studio.responder, "referral")
    _, (process,) = standing(studio.ihala, studio.owner, studio.base_id)
    assert [step.element for step in process.steps] == ["review", "take_referral"]


def test_what_is_late_is_counted_apart(studio: Studio) -> None:
    reported(studio)
    clock = studio.ihala.clock
    assert isinstance(clock, MovableClock)
    clock.move_to(clock.now() + timedelta(days=2))
    _, (process,) = standing(studio.ihala, studio.owner, studio.base_id)
    assert [(step.waiting, step.overdue) for step in process.steps] == [(1, 1)]


def test_a_draft_has_no_cases(studio: Studio) -> None:
    assert standing(studio.ihala, studio.owner, studio.draft()) == (0, [])


def test_whoever_serves_cases_does_not_see_the_figures(studio: Studio) -> None:
    with pytest.raises(NotAllowed):
        standing(studio.ihala, studio.coordinator, studio.base_id)


def test_no_word_of_a_case_is_among_the_figures(studio: Studio) -> None:
    reported(studio)
    assert "Planted" not in repr(standing(studio.ihala, studio.owner, studio.base_id))
