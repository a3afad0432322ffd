"""Correcting a submitted answer: what still holds is kept, what does not is cancelled and said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import pytest

from engine.execution import NothingToCorrect
from tests.engine.execution.diagrams import (
    boundary,
    call,
    declare,
    diagram,
    end,
    event,
    extensions,
    flow,
    gateway,
    path,
    service,
    start,
    throw,
    timer,
    user,
)
from tests.engine.execution.stage import BEGINNING, Stage

PARTS = (
    start(),
    user("ask"),
    user("second"),
    gateway("exclusive", "g", "g-low"),
    service("book", "reserve_bed", extensions(inputs={"shelter": '"x"'})),
    user("high"),
    user("low"),
    boundary("late", "low", timer("P5D"), stops=False),
    user("chase"),
    end(),
    path("s", "ask", "second", "book", "g"),
    flow("g", "high", "ask.risk > 5"),
    flow("g", "low"),
    path("high", "e"),
    path("low", "e"),
    path("late", "chase"),
)
DRAWN = diagram("p", *PARTS)


def task_id(stage: Stage, element_id: str) -> str:
    return next(task.id for task in stage.instance.tasks if task.element.id == element_id)


def book(inputs: Mapping[str, object]) -> Mapping[str, object]:
    return {"bed": 3}


def corrected(stage: Stage, risk: int) -> Stage:
    """`ask` and `second` are completed with a high risk, then the answer of `ask` is corrected."""
    stage.start(DRAWN, operations={"reserve_bed": book})
    ask = task_id(stage, "ask")
    stage.complete("ask", risk=9).complete("second", word="kept")
    stage.around.clock.move_to(BEGINNING + timedelta(days=2))
    stage.instance.take_steps()
    stage.instance.correct(ask, {"risk": risk})
    return stage._after()


def test_a_corrected_answer_replaces_the_variable(stage: Stage) -> None:
    assert corrected(stage, 1).instance.variables["ask"] == {"risk": Decimal(1)}


def test_later_answers_are_kept_where_their_task_opens_again(stage: Stage) -> None:
    assert corrected(stage, 1).instance.variables["second"] == {"word": "kept"}


def test_the_instance_stands_where_the_corrected_answer_leads(stage: Stage) -> None:
    assert corrected(stage, 1).open == ["low"]


def test_a_task_that_still_stands_keeps_its_id(stage: Stage) -> None:
    stage.start(DRAWN)
    ask = task_id(stage, "ask")
    stage.complete("ask", risk=9).complete("second")
    kept = task_id(stage, "high")
    stage.instance.correct(ask, {"risk": 7})
    assert task_id(stage, "high") == kept


def test_an_operation_is_not_performed_again(stage: Stage) -> None:
    assert [name for name, *_ in corrected(stage, 1).around.performed] == ["reserve_bed"]


def test_the_result_of_an_operation_is_kept(stage: Stage) -> None:
    assert corrected(stage, 1).instance.variables["book"] == {"bed": Decimal(3)}


def test_the_steps_tell_what_changed(stage: Stage) -> None:
    steps = corrected(stage, 1).instance.steps
    assert [(step.element, step.event) for step in steps] == [("ask", "corrected"), ("high", "cancelled")]


def test_a_task_opened_by_a_correction_opens_now(stage: Stage) -> None:
    assert corrected(stage, 1).instance.tasks[0].opened_at == BEGINNING + timedelta(days=2)


def test_a_clock_started_by_a_correction_counts_from_now(stage: Stage) -> None:
    assert [one.due_at for one in corrected(stage, 1).instance.timers] == [BEGINNING + timedelta(days=7)]


def test_a_clock_that_still_stands_goes_on_counting(stage: Stage) -> None:
    stage.start(DRAWN)
    ask = task_id(stage, "ask")
    stage.complete("ask", risk=1).complete("second")
    stage.around.clock.move_to(BEGINNING + timedelta(days=2))
    stage.instance.correct(ask, {"risk": 2})
    assert [one.due_at for one in stage.instance.timers] == [BEGINNING + timedelta(days=5)]


def test_a_fired_clock_is_fired_again_where_it_stands(stage: Stage) -> None:
    stage.start(DRAWN)
    ask = task_id(stage, "ask")
    stage.complete("ask", risk=1).complete("second").fire("late")
    stage.instance.correct(ask, {"risk": 2})
    assert stage.open == ["chase", "low"]


def test_work_that_no_longer_stands_on_the_way_is_told(stage: Stage) -> None:
    stage.start(DRAWN)
    ask = task_id(stage, "ask")
    stage.complete("ask", risk=9).complete("second").complete("high")
    stage.instance.take_steps()
    stage.instance.correct(ask, {"risk": 1})
    assert ("high", "cancelled") in [(step.element, step.event) for step in stage.instance.steps]


def test_an_ended_instance_goes_on_after_a_correction(stage: Stage) -> None:
    stage.start(DRAWN)
    ask = task_id(stage, "ask")
    stage.complete("ask", risk=9).complete("second").complete("high")
    stage.instance.correct(ask, {"risk": 1})
    assert (stage.instance.state, stage.open) == ("running", ["low"])


def test_a_correction_can_itself_be_corrected(stage: Stage) -> None:
    corrected(stage, 1)
    ask = next(act for act in stage.instance.history.acts() if act.kind == "complete").target.rpartition("|")
    stage.instance.correct(stage.instance.ledger.id_of(ask[0], int(ask[2])).hex, {"risk": 8})
    assert stage.open == ["high"]


def test_only_a_completed_task_can_be_corrected(stage: Stage) -> None:
    stage.start(DRAWN)
    with pytest.raises(NothingToCorrect):
        stage.instance.correct(task_id(stage, "ask"), {})


def test_each_visit_is_corrected_by_itself(stage: Stage) -> None:
    parts = (start(), gateway("exclusive", "m"), user("u"), gateway("exclusive", "g", "g-m"), user("after"))
    drawn = diagram("p", *parts, path("s", "m", "u", "g", "m"), flow("g", "after", "u.n > 2"))
    stage.start(drawn).complete("u", n=0)
    second = task_id(stage, "u")
    stage.complete("u", n=1).complete("u", n=1)
    stage.instance.correct(second, {"n": 3})
    assert stage.open == ["after"]


def test_a_task_of_a_called_process_is_corrected(stage: Stage) -> None:
    called = diagram("q", start(), user("u"), end(), path("s", "u", "e"))
    outputs = extensions(outputs={"n": "u.n"})
    drawn = diagram("p", start(), call("c", "q", outputs), user("after"), path("s", "c", "after"))
    stage.start(drawn, called)
    asked = task_id(stage, "u")
    stage.complete("u", n=1)
    stage.instance.correct(asked, {"n": 2})
    assert (stage.instance.variables["c"], stage.open) == ({"n": Decimal(2)}, ["after"])


def test_what_was_thrown_before_is_not_thrown_again(stage: Stage) -> None:
    tell = throw("tell", event("message", "news"), extensions(inputs={"n": "1"}))
    parts = (start(), user("ask"), tell, user("after"), path("s", "ask", "tell", "after"))
    stage.start(diagram("p", *parts, declared=declare("message", "news")))
    ask = task_id(stage, "ask")
    stage.complete("ask", n=1)
    stage.instance.correct(ask, {"n": 2})
    assert len(stage.around.thrown) == 1


def test_what_a_correction_changes_is_thrown(stage: Stage) -> None:
    tell = throw("tell", event("message", "news"), extensions(inputs={"n": "ask.n"}))
    parts = (start(), user("ask"), tell, user("after"), path("s", "ask", "tell", "after"))
    stage.start(diagram("p", *parts, declared=declare("message", "news")))
    ask = task_id(stage, "ask")
    stage.complete("ask", n=1)
    stage.instance.correct(ask, {"n": 2})
    assert [one.payload for one in stage.around.thrown] == [{"n": Decimal(1)}, {"n": Decimal(2)}]
