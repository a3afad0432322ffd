"""Announced holidays: heeded at once by what begins, and never a running deadline moved unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from engine import holidays, journal
from engine.access import NotAllowed, NotFound
from engine.holidays import Choice, CountChanged, DayTaken, DayUnfit, Effect, Holiday, WordsMissing
from engine.jobs.tick import tick
from engine.persistence import journal_rows
from engine.persistence.tables.work import timer, work_item
from engine.text import Text
from tests.engine.studio.conftest import Studio
from tests.engine.studio.test_desk import publish, reported
from tests.web.conftest import NOW

TUESDAY = date(2026, 3, 3)
WISH = Holiday(TUESDAY, Text("A feast", "عيد"), "The moon was seen.", "Decree 12 of 2026")
KEEP, MOVE = Choice(moves=False, counted=1), Choice(moves=True, counted=1)
WEDNESDAY, THURSDAY = (datetime(2026, 3, day, 13, tzinfo=UTC) for day in (4, 5))
WORKING = (
    "<bpmn:timerEventDefinition>",
    '<bpmn:timerEventDefinition xmlns:ihala="urn:ihala:bpmn" ihala:calendar="working">',
)


def running(studio: Studio) -> str:
    """The item of a case whose reminder comes after three working days, on Wednesday."""
    publish(studio, WORKING, (">P1D<", ">P3D<"))
    return reported(studio)


def due(studio: Studio) -> datetime:
    with studio.ihala.database.reading() as tx:
        return tx.execute(sa.select(timer.c.due_at)).scalar_one()


def announce(studio: Studio, choice: Choice) -> Effect:
    return holidays.announce(studio.ihala, studio.coordinator, WISH, choice)


def test_a_deadline_counts_working_days(studio: Studio) -> None:
    running(studio)
    assert due(studio) == WEDNESDAY


def test_it_is_said_how_many_running_deadlines_it_concerns(studio: Studio) -> None:
    running(studio)
    assert holidays.effect_of_announcing(studio.ihala, studio.coordinator, WISH) == Effect(1, 1)


def test_a_holiday_behind_every_deadline_concerns_none(studio: Studio) -> None:
    running(studio)
    later = replace(WISH, day=date(2026, 3, 9))
    assert holidays.effect_of_announcing(studio.ihala, studio.coordinator, later) == Effect(0, 0)


def test_a_clock_that_counts_no_working_days_is_not_concerned(studio: Studio) -> None:
    publish(studio, (">P1D<", ">P3D<"))
    reported(studio)
    assert holidays.effect_of_announcing(studio.ihala, studio.coordinator, WISH) == Effect(0, 0)


def test_a_running_deadline_keeps_its_date(studio: Studio) -> None:
    running(studio)
    announce(studio, KEEP)
    tick(studio.ihala)
    assert due(studio) == WEDNESDAY


def test_a_running_deadline_moves_where_that_was_chosen(studio: Studio) -> None:
    running(studio)
    announce(studio, MOVE)
    assert due(studio) == THURSDAY


def test_the_task_is_due_with_its_clock(studio: Studio) -> None:
    item_id = running(studio)
    announce(studio, MOVE)
    with studio.ihala.database.reading() as tx:
        found = tx.execute(sa.select(work_item.c.due_at, work_item.c.sorts_at).where(work_item.c.id == item_id)).one()
    assert found == (THURSDAY, THURSDAY)


def test_a_deadline_that_begins_afterwards_leaves_the_holiday_out(studio: Studio) -> None:
    publish(studio, WORKING, (">P1D<", ">P3D<"))
    announce(studio, Choice(moves=False, counted=0))
    reported(studio)
    assert due(studio) == THURSDAY


def test_nothing_is_done_on_another_number_than_was_shown(studio: Studio) -> None:
    running(studio)
    reported(studio)
    with pytest.raises(CountChanged, match="2"):
        announce(studio, MOVE)
    assert holidays.holidays(studio.ihala, studio.coordinator) == []


def test_the_list_says_who_announced_it_why_and_where_it_stands(studio: Studio) -> None:
    announce(studio, Choice(moves=False, counted=0))
    (one,) = holidays.holidays(studio.ihala, studio.coordinator)
    assert one == replace(WISH, announcer=studio.coordinator.name, announced_at=NOW)


def test_taking_it_back_brings_the_deadlines_back(studio: Studio) -> None:
    running(studio)
    announce(studio, MOVE)
    holidays.take_back(studio.ihala, studio.coordinator, TUESDAY, MOVE)
    assert due(studio) == WEDNESDAY


def test_what_was_not_announced_is_not_taken_back(studio: Studio) -> None:
    with pytest.raises(NotFound):
        holidays.take_back(studio.ihala, studio.coordinator, TUESDAY, KEEP)


def test_the_journal_says_how_many_were_moved(studio: Studio) -> None:
    running(studio)
    announce(studio, MOVE)
    with studio.ihala.database.reading() as tx:
        (entry,) = journal_rows.entries(tx, "calendar")
        assert journal.verify(tx, studio.ihala.vault, "calendar") is None
    assert (entry.event, entry.element) == ("holiday_announced", "2026-03-03 1")


def test_a_day_is_announced_once(studio: Studio) -> None:
    announce(studio, Choice(moves=False, counted=0))
    with pytest.raises(DayTaken):
        announce(studio, Choice(moves=False, counted=0))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2024, 1, 1), date(9999, 12, 31)])
def test_a_day_that_nobody_means_is_refused(studio: Studio, day: date) -> None:
    with pytest.raises(DayUnfit):
        holidays.effect_of_announcing(studio.ihala, studio.coordinator, replace(WISH, day=day))


@pytest.mark.parametrize("lack", [{"name": Text("A", " ")}, {"reason": ""}, {"source": " "}, {"source": "x" * 1001}])
def test_a_holiday_needs_its_words(studio: Studio, lack: dict[str, object]) -> None:
    with pytest.raises(WordsMissing):
        holidays.effect_of_announcing(studio.ihala, studio.coordinator, replace(WISH, **lack))  # type: ignore[arg-type]


def test_whoever_draws_or_works_in_a_case_announces_none(studio: Studio) -> None:
    for actor in (studio.owner, studio.responder):
        with pytest.raises(NotAllowed):
            holidays.announce(studio.ihala, actor, WISH, KEEP)
