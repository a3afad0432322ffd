"""Which way tokens go: tasks, gateways, flows with conditions, ends."""

from __future__ import annotations

import pytest

from engine.execution import StepFailed
from tests.engine.execution.diagrams import diagram, end, event, flow, gateway, path, script, start, sub, user
from tests.engine.execution.stage import Stage

LINE = diagram("p", start(), user("ask"), end(), path("s", "ask", "e"))


def choice(default: str = "g-low", low: str = "") -> bytes:
    return diagram(
        "p",
        start(),
        gateway("exclusive", "g", default),
        *(user(name) for name in ("high", "mid", "low")),
        path("s", "g"),
        flow("g", "high", "score > 10"),
        flow("g", "mid", "score > 5"),
        flow("g", "low", low),
    )


def test_a_user_task_waits(stage: Stage) -> None:
    assert stage.start(LINE).open == ["ask"]


def test_a_process_ends_with_its_last_token(stage: Stage) -> None:
    assert stage.start(LINE).complete("ask").instance.state == "completed"


def test_the_trace_holds_completed_elements_in_order(stage: Stage) -> None:
    assert stage.start(LINE).complete("ask").trace == ["s", "ask", "e"]


def test_the_flows_taken_are_kept_beside_the_trace(stage: Stage) -> None:
    assert stage.start(LINE).complete("ask").taken == ["s-ask", "ask-e"]


def test_a_manual_task_waits_too(stage: Stage) -> None:
    assert stage.start(diagram("p", start(), '<manualTask id="m"/>', path("s", "m"))).open == ["m"]


def test_a_task_without_a_kind_is_passed_at_once(stage: Stage) -> None:
    shown = stage.start(diagram("p", start(), '<task id="t"/>', end(), path("s", "t", "e")))
    assert shown.trace == ["s", "t", "e"]


@pytest.mark.parametrize(("score", "reached"), [(11, "high"), (7, "mid"), (1, "low")])
def test_an_exclusive_gateway_takes_the_first_flow_that_holds(stage: Stage, score: int, reached: str) -> None:
    assert stage.start(choice(), variables={"score": score}).open == [reached]


def test_a_condition_without_value_names_its_variable(stage: Stage) -> None:
    with pytest.raises(StepFailed, match="'score' has no value"):
        stage.start(choice())


def test_a_condition_without_value_names_it_in_arabic(stage: Stage) -> None:
    with pytest.raises(StepFailed) as failure:
        stage.start(choice())
    assert "'score' بلا قيمة" in failure.value.text.ar


def test_a_later_condition_is_not_looked_at(stage: Stage) -> None:
    drawn = diagram(
        "p",
        start(),
        gateway("exclusive", "g", "g-c"),
        *(user(name) for name in "abc"),
        path("s", "g"),
        flow("g", "a", "true"),
        flow("g", "b", "unknown > 5"),
        flow("g", "c"),
    )
    assert stage.start(drawn).open == ["a"]


def test_no_condition_and_no_default_is_a_failed_step(stage: Stage) -> None:
    with pytest.raises(StepFailed, match="none of its conditions holds"):
        stage.start(choice(default="", low="score < 0"), variables={"score": 1})


def test_a_failed_step_leaves_the_instance_failed_with_its_problem(stage: Stage) -> None:
    parts = (start(), user("u"), gateway("exclusive", "g", "g-b"), user("a"), user("b"), path("s", "u", "g"))
    drawn = diagram("p", *parts, flow("g", "a", "u.never_asked"), flow("g", "b"))
    stage.start(drawn)
    instance = stage.instance
    with pytest.raises(StepFailed):
        stage.complete("u")
    assert instance.state == "failed"


FORK = (
    start(),
    gateway("parallel", "fork"),
    *(user(name) for name in "ab"),
    gateway("parallel", "join"),
    user("after"),
    path("s", "fork", "a", "join", "after"),
    path("fork", "b", "join"),
)


def test_a_parallel_gateway_opens_all_its_ways(stage: Stage) -> None:
    assert stage.start(diagram("p", *FORK)).open == ["a", "b"]


def test_a_parallel_join_waits_for_all_its_ways(stage: Stage) -> None:
    assert stage.start(diagram("p", *FORK)).complete("b").open == ["a"]


def test_a_parallel_join_lets_one_token_through(stage: Stage) -> None:
    assert stage.start(diagram("p", *FORK)).complete("b").complete("a").open == ["after"]


def test_a_parallel_join_inside_a_loop_joins_each_round(stage: Stage) -> None:
    parts = (
        start(),
        gateway("exclusive", "begin"),
        gateway("parallel", "fork"),
        *(user(name) for name in "ab"),
        gateway("parallel", "join"),
        gateway("exclusive", "g", "g-e"),
        end(),
        path("s", "begin", "fork", "a", "join", "g"),
        path("fork", "b", "join"),
        flow("g", "begin", "a.again"),
        flow("g", "e"),
    )
    stage.start(diagram("p", *parts))
    for _ in range(3):
        stage.complete("b").complete("a", again=True)
    assert stage.open == ["a", "b"]


def inclusive() -> bytes:
    return diagram(
        "p",
        start(),
        gateway("inclusive", "fork", "fork-c"),
        *(user(name) for name in "abc"),
        gateway("inclusive", "join"),
        user("after"),
        path("s", "fork"),
        flow("fork", "a", "x > 1"),
        flow("fork", "b", "x > 2"),
        flow("fork", "c"),
        *(flow(name, "join") for name in "abc"),
        path("join", "after"),
    )


@pytest.mark.parametrize(("x", "opened"), [(3, ["a", "b"]), (2, ["a"]), (0, ["c"])])
def test_an_inclusive_gateway_takes_every_flow_that_holds(stage: Stage, x: int, opened: list[str]) -> None:
    assert stage.start(inclusive(), variables={"x": x}).open == opened


def test_an_inclusive_join_waits_for_tokens_that_can_still_come(stage: Stage) -> None:
    assert stage.start(inclusive(), variables={"x": 3}).complete("a").open == ["b"]


def test_an_inclusive_join_does_not_wait_for_ways_not_taken(stage: Stage) -> None:
    assert stage.start(inclusive(), variables={"x": 2}).complete("a").open == ["after"]


def test_an_inclusive_join_joins_what_came(stage: Stage) -> None:
    assert stage.start(inclusive(), variables={"x": 3}).complete("a").complete("b").open == ["after"]


def test_several_flows_out_of_a_task_are_all_taken(stage: Stage) -> None:
    drawn = diagram("p", start(), user("u"), user("a"), user("b"), path("s", "u", "a"), flow("u", "b"))
    assert stage.start(drawn).complete("u").open == ["a", "b"]


def test_flows_with_conditions_out_of_a_task_are_obeyed(stage: Stage) -> None:
    parts = (start(), user("u"), user("a"), user("b"), path("s", "u"))
    drawn = diagram("p", *parts, flow("u", "a", "u.yes"), flow("u", "b", "not(u.yes)"))
    assert stage.start(drawn).complete("u", yes=False).open == ["b"]


def test_a_terminate_end_stops_the_other_tokens(stage: Stage) -> None:
    parts = (start(), gateway("parallel", "g"), user("a"), user("b"), end("stop", event("terminate")))
    drawn = diagram("p", *parts, path("s", "g", "a", "stop"), path("g", "b"))
    assert stage.start(drawn).complete("a").instance.state == "completed"


def test_a_terminate_end_of_a_sub_process_ends_only_that(stage: Stage) -> None:
    inner = (start("is"), gateway("parallel", "ig"), user("a"), user("b"), end("stop", event("terminate")))
    parts = (start(), sub("inner", *inner, path("is", "ig", "a", "stop"), path("ig", "b")), user("after"))
    assert stage.start(diagram("p", *parts, path("s", "inner", "after"))).complete("a").open == ["after"]


def test_what_a_terminate_end_stopped_is_noted(stage: Stage) -> None:
    parts = (start(), gateway("parallel", "g"), user("a"), user("b"), end("stop", event("terminate")))
    stage.start(diagram("p", *parts, path("s", "g", "a", "stop"), path("g", "b"))).complete("a")
    assert [step.element for step in stage.instance.steps if step.event == "cancelled"] == ["b"]


def test_a_circle_without_waiting_is_a_failed_step(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.execution.acting.LIMIT_TOKENS", 50)
    parts = (start(), gateway("exclusive", "m"), script("x", "n = n + 1"), gateway("exclusive", "g", "g-e"), end())
    drawn = diagram("p", *parts, path("s", "m", "x", "g"), flow("g", "m", "n > 0"), flow("g", "e"))
    with pytest.raises(StepFailed, match="circle"):
        stage.start(drawn, variables={"n": 1})


def test_a_visit_is_numbered_anew_each_time(stage: Stage) -> None:
    parts = (start(), gateway("exclusive", "m"), user("u"), gateway("exclusive", "g", "g-m"), end())
    drawn = diagram("p", *parts, path("s", "m", "u", "g", "m"), flow("g", "e", "u.done"))
    stage.start(drawn).complete("u", done=False).complete("u", done=False)
    assert [task.visit for task in stage.instance.tasks] == [3]


def test_a_task_keeps_its_id_for_life(stage: Stage) -> None:
    first = stage.start(diagram("p", *FORK)).instance.tasks
    kept = {task.element.id: task.id for task in first}["a"]
    assert [task.id for task in stage.complete("b").instance.tasks] == [kept]


def test_positions_count_tokens_that_stand_and_that_passed(stage: Stage) -> None:
    stage.start(diagram("p", *FORK)).complete("b")
    counted = {one.element: (one.active, one.completed) for one in stage.instance.positions()}
    assert (counted["a"], counted["b"], counted["join"]) == ((1, 0), (0, 1), (1, 0))
