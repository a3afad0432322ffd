"""Clocks: when they are due, and what they do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from engine.clock import WorkingCalendar
from engine.execution import StepFailed
from engine.execution.running.clocks import due_at, is_iso
from tests.engine.execution.diagrams import (
    boundary,
    catch,
    diagram,
    element,
    end,
    gateway,
    path,
    script,
    start,
    timer,
    user,
)
from tests.engine.execution.stage import BEGINNING, Stage

CAIRO = WorkingCalendar()


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("P5D", "2026-01-09T08:00:00+00:00"),
        ("PT15M", "2026-01-04T08:15:00+00:00"),
        ("P1M", "2026-02-04T08:00:00+00:00"),
        ("P1Y2M3DT4H5M6S", "2027-03-07T12:05:06+00:00"),
        ("P2W", "2026-01-18T08:00:00+00:00"),
        ("PT0.5S", "2026-01-04T08:00:00.500000+00:00"),
        ("2026-03-01", "2026-02-28T22:00:00+00:00"),
        ("2026-07-01T12:00:00", "2026-07-01T09:00:00+00:00"),
        ("2026-07-01T12:00:00Z", "2026-07-01T12:00:00+00:00"),
        ("R/P7D", "2026-01-11T08:00:00+00:00"),
        ("R3/2026-01-10T00:00:00Z/P1D", "2026-01-10T00:00:00+00:00"),
    ],
)
def test_iso_times_are_understood(text: str, due: str) -> None:
    assert due_at(text, BEGINNING, CAIRO) == datetime.fromisoformat(due)


@pytest.mark.parametrize("text", ["P", "PT", "P5", "5 days", "R/", "report.at"])
def test_other_texts_are_no_iso_times(text: str) -> None:
    assert not (is_iso(text) and _understood(text))


def _understood(text: str) -> bool:
    try:
        return due_at(text, BEGINNING, CAIRO) is not None
    except ValueError:
        return False


def test_a_month_after_the_31st_is_the_last_day_of_the_next(stage: Stage) -> None:
    assert due_at("P1M", datetime(2026, 1, 31, 8, tzinfo=UTC), CAIRO).day == 28


def test_working_days_end_at_the_close_of_the_last() -> None:
    thursday = datetime(2026, 1, 8, 8, tzinfo=UTC)
    assert due_at("P2D", thursday, CAIRO, True) == datetime(2026, 1, 12, 13, tzinfo=UTC)


def waiting(definition: str, **variables: object) -> tuple[bytes, dict[str, object]]:
    return diagram("p", start(), catch("wait", definition), user("after"), path("s", "wait", "after")), variables


@pytest.mark.parametrize(
    ("definition", "due"),
    [
        (timer("P5D"), "2026-01-09T08:00:00+00:00"),
        (timer('"P5D"'), "2026-01-09T08:00:00+00:00"),
        (timer("days"), "2026-01-06T08:00:00+00:00"),
        (timer('at + duration("PT15M")', "timeDate"), "2026-01-01T00:15:00+00:00"),
        (timer("on", "timeDate"), "2026-01-31T22:00:00+00:00"),
        (timer('duration("P1Y")'), "2027-01-04T08:00:00+00:00"),
        (timer("P2D", ihala_calendar="working"), "2026-01-06T13:00:00+00:00"),
    ],
)
def test_a_timer_is_due(stage: Stage, definition: str, due: str) -> None:
    variables = {"days": timedelta(days=2), "at": datetime(2026, 1, 1, tzinfo=UTC), "on": datetime(2026, 2, 1).date()}  # noqa: DTZ001
    stage.start(waiting(definition)[0], variables=variables)
    assert [one.due_at for one in stage.instance.timers] == [datetime.fromisoformat(due)]


def test_a_timer_that_is_due_already_waits_to_be_fired(stage: Stage) -> None:
    stage.start(waiting(timer("2020-01-01", "timeDate"))[0])
    assert [one.due_at < BEGINNING for one in stage.instance.timers] == [True]


def test_a_timer_without_value_is_a_failed_step(stage: Stage) -> None:
    with pytest.raises(StepFailed, match="must give a duration"):
        stage.start(waiting(timer("never_set"))[0])


def test_a_fired_timer_lets_its_token_go_on(stage: Stage) -> None:
    assert stage.start(waiting(timer("P5D"))[0]).fire("wait").open == ["after"]


def test_a_timer_keeps_its_expression_and_where_it_counts_from(stage: Stage) -> None:
    timers = stage.start(waiting(timer("P5D"))[0]).instance.timers
    assert [(one.expression, one.anchor_at) for one in timers] == [("P5D", BEGINNING)]


def test_a_changed_calendar_moves_a_pending_clock(stage: Stage) -> None:
    stage.start(waiting(timer("P2D", ihala_calendar="working"))[0])
    stage.around.calendar = WorkingCalendar().with_holidays([datetime(2026, 1, 6, tzinfo=UTC).date()])
    assert [one.due_at.day for one in stage.instance.timers] == [7]


def on_task(text: str, form: str = "timeDuration", stops: bool = False, **attributes: str) -> bytes:
    parts = (start(), user("u"), boundary("late", "u", timer(text, form), stops, **attributes), user("chase"))
    return diagram("p", *parts, end(), path("s", "u", "e"), path("late", "chase"))


def test_a_timer_on_a_task_tells_whose_deadline_it_is(stage: Stage) -> None:
    stage.start(on_task("P5D", ihala_deadline="true"))
    assert [(one.task_id, one.is_deadline) for one in stage.instance.timers] == [(stage.instance.tasks[0].id, True)]


def test_an_interrupting_timer_ends_its_task(stage: Stage) -> None:
    assert stage.start(on_task("P5D", stops=True)).fire("late").open == ["chase"]


def test_a_timer_beside_a_task_leaves_it_open(stage: Stage) -> None:
    assert stage.start(on_task("P5D")).fire("late").open == ["chase", "u"]


def test_a_timer_fires_once(stage: Stage) -> None:
    assert stage.start(on_task("P5D")).fire("late").instance.timers == []


def test_a_completed_task_has_no_timer_any_more(stage: Stage) -> None:
    assert stage.start(on_task("P5D")).complete("u").instance.timers == []


def test_a_cycle_fires_again(stage: Stage) -> None:
    assert stage.start(on_task("R/P7D", "timeCycle")).fire("late").fire("late").open == ["chase", "chase", "u"]


def test_a_cycle_ends_after_its_last_firing(stage: Stage) -> None:
    stage.start(on_task("R2/P7D", "timeCycle")).fire("late").fire("late")
    assert stage.instance.timers == []


def test_after_a_downtime_a_cycle_fires_once(stage: Stage) -> None:
    stage.start(on_task("R/P1D", "timeCycle")).fire("late", after=timedelta(days=5, hours=1))
    assert stage.open == ["chase", "u"]


def test_after_a_downtime_the_step_tells_what_was_missed(stage: Stage) -> None:
    stage.start(on_task("R/P1D", "timeCycle")).fire("late", after=timedelta(days=5, hours=1))
    assert [step.missed for step in stage.instance.steps if step.event == "fired"] == [4]


def test_after_a_downtime_a_cycle_keeps_its_beat(stage: Stage) -> None:
    stage.start(on_task("R/P1D", "timeCycle")).fire("late", after=timedelta(days=5, hours=1))
    assert [one.due_at for one in stage.instance.timers] == [BEGINNING + timedelta(days=6)]


def test_of_two_events_behind_a_gateway_the_first_ends_the_wait_of_the_other(stage: Stage) -> None:
    parts = (start(), gateway("eventBased", "g"), catch("soon", timer("P1D")), catch("late", timer("P9D")))
    after = (script("x", "a = 1"), script("y", "a = 2"), user("u"))
    drawn = diagram("p", *parts, *after, path("s", "g", "soon", "x", "u"), path("g", "late", "y", "u"))
    assert (stage.start(drawn).fire("late").instance.variables["a"], stage.instance.timers) == (2, [])


def test_a_start_timer_is_where_a_process_can_begin(stage: Stage) -> None:
    drawn = diagram("p", element("startEvent", "s", timer("R/P1M", "timeCycle")), user("u"), path("s", "u"))
    stage.start(drawn)
    assert [(one.kind, one.expression) for one in stage.instance.process.beginnings] == [("timer", "R/P1M")]
