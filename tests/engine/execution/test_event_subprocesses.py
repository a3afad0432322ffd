"""Event sub-processes: every trigger, interrupting or not, in a process, a sub-process and a called process."""

from __future__ import annotations

import pytest

from engine.execution import StepFailed
from tests.engine.execution.diagrams import (
    boundary,
    call,
    declare,
    diagram,
    element,
    end,
    event,
    flow,
    gateway,
    path,
    script,
    start,
    sub,
    throw,
    timer,
    user,
    when,
)
from tests.engine.execution.stage import Stage

DECLARED = "".join(
    declare(kind, name)
    for kind, name in (("message", "news"), ("signal", "alarm"), ("error", "bad"), ("escalation", "help"))
)
TRIGGERS = {
    "message": event("message", "news"),
    "signal": event("signal", "alarm"),
    "timer": timer("P1D"),
    "conditional": when("hot"),
    "escalation": event("escalation", "help"),
    "error": event("error", "bad"),
}
OUTSIDE = ("message", "signal", "timer")
PLACES = ("process", "sub_process", "called", "two_deep")


def handler(kind: str, stops: bool, name: str = "handle") -> str:
    """An event sub-process whose one task has this name."""
    begin = element("startEvent", f"on_{kind}_{name}", TRIGGERS[kind], isInterrupting="true" if stops else "false")
    body = (begin, user(name), end(f"{name}_end"), path(f"on_{kind}_{name}", name, f"{name}_end"))
    return sub(f"{kind}_{name}_scope", *body, triggeredByEvent="true")


def flow_of_scope() -> tuple[str, ...]:
    """Two tasks side by side; the second throws an escalation, writes `hot`, or fails, as its answer says."""
    return (
        start("begin"),
        gateway("parallel", "fork"),
        user("work"),
        user("act"),
        gateway("exclusive", "which", "which-done"),
        throw("call_help", event("escalation", "help")),
        script("heat", "hot = true"),
        end("fail", event("error", "bad")),
        *(end(name) for name in ("worked", "helped", "heated", "done")),
        path("begin", "fork", "work", "worked"),
        path("fork", "act", "which"),
        flow("which", "call_help", 'act.does = "escalation"'),
        flow("which", "heat", 'act.does = "conditional"'),
        flow("which", "fail", 'act.does = "error"'),
        flow("which", "done"),
        path("call_help", "helped"),
        path("heat", "heated"),
    )


def placed(place: str, *handlers: str) -> tuple[bytes, ...]:
    """The scope with its handlers: as a process, inside one, called by one, or two levels down."""
    scope = (*flow_of_scope(), *handlers)
    if place == "process":
        return (diagram("p", *scope, declared=DECLARED),)
    around = (start(), user("after"), path("s", "inner", "after"))
    if place == "called":
        return diagram("p", *around, call("inner", "q")), diagram("q", *scope, declared=DECLARED)
    inner = scope if place == "sub_process" else (start("ms"), sub("deep", *scope), end("me"), path("ms", "deep", "me"))
    return (diagram("p", *around, sub("inner", *inner), declared=DECLARED),)


def trigger(stage: Stage, kind: str, name: str = "handle") -> Stage:
    if kind == "message":
        return stage.deliver(f"on_message_{name}")
    if kind == "timer":
        return stage.fire(f"on_timer_{name}")
    if kind == "signal":
        stage.signal("alarm")
        return stage
    return stage.complete("act", does=kind)


def started(stage: Stage, place: str, *handlers: str) -> Stage:
    variables = {} if place == "called" else {"hot": False}
    return stage.start(*placed(place, *handlers), variables=variables)


CASES = [
    (kind, stops)
    for kind in TRIGGERS
    for stops in (True, False)
    if stops or kind != "error"  # an error always interrupts
]
each_case = pytest.mark.parametrize(
    ("kind", "stops"), CASES, ids=[f"{k}-{'stops' if s else 'beside'}" for k, s in CASES]
)
each_place = pytest.mark.parametrize("place", PLACES)


@each_place
@each_case
def test_it_opens_its_task_and_stops_its_scope_or_not(stage: Stage, place: str, kind: str, stops: bool) -> None:
    trigger(started(stage, place, handler(kind, stops)), kind)
    acting = [] if kind not in OUTSIDE else ["act"]
    assert stage.open == (["handle"] if stops else [*acting, "handle", "work"])


@each_place
@each_case
def test_its_scope_ends_when_all_is_done(stage: Stage, place: str, kind: str, stops: bool) -> None:
    trigger(started(stage, place, handler(kind, stops)), kind).complete("handle")
    for name in ("act", "work"):
        if name in stage.open:
            stage.complete(name)
    assert (stage.open, stage.instance.state) == (([], "completed") if place == "process" else (["after"], "running"))


@each_place
@each_case
def test_an_untriggered_one_does_not_keep_its_scope_open(stage: Stage, place: str, kind: str, stops: bool) -> None:
    started(stage, place, handler(kind, stops)).complete("act", does="nothing").complete("work")
    assert (stage.open, stage.instance.timers, stage.instance.catches) == (
        [] if place == "process" else ["after"],
        [],
        [],
    )


@each_place
@pytest.mark.parametrize("kind", ["message", "signal"])
def test_one_beside_its_scope_is_triggered_again_while_it_runs(stage: Stage, place: str, kind: str) -> None:
    trigger(trigger(started(stage, place, handler(kind, False)), kind), kind)
    assert stage.open == ["act", "handle", "handle", "work"]


@each_place
def test_one_beside_its_scope_outlives_the_normal_flow(stage: Stage, place: str) -> None:
    trigger(started(stage, place, handler("message", False)), "message").complete("act").complete("work")
    assert stage.open == ["handle"]


@each_place
@pytest.mark.parametrize("stopping", ["message", "timer", "error", "escalation", "conditional"])
def test_an_interrupting_one_stops_the_one_that_runs_beside(stage: Stage, place: str, stopping: str) -> None:
    both = (handler("signal", False, "beside"), handler(stopping, True))
    trigger(started(stage, place, *both), "signal")
    assert trigger(stage, stopping).open == ["handle"]


@each_place
def test_a_timer_handler_beside_fires_once(stage: Stage, place: str) -> None:
    assert trigger(started(stage, place, handler("timer", False)), "timer").instance.timers == []


def test_a_handler_sees_the_variables_of_its_scope(stage: Stage) -> None:
    trigger(started(stage, "sub_process", handler("message", False)), "message")
    task = next(task for task in stage.complete("act", does="x").instance.tasks if task.element.id == "handle")
    assert stage.instance.visible_variables(task.id)["act"] == {"does": "x"}


def test_the_scope_sees_what_its_handler_has_answered(stage: Stage) -> None:
    trigger(started(stage, "process", handler("message", False)), "message").complete("handle", ok=True)
    assert stage.instance.variables["message_handle_scope"] == {"handle": {"ok": True}}


def test_an_error_of_a_handler_is_not_caught_by_its_own_scope(stage: Stage) -> None:
    body = (element("startEvent", "on_bad", TRIGGERS["error"], isInterrupting="true"), user("handle"))
    failing = sub(
        "again", *body, end("worse", event("error", "bad")), path("on_bad", "handle", "worse"), triggeredByEvent="true"
    )
    trigger(started(stage, "process", failing), "error")
    with pytest.raises(StepFailed):
        stage.complete("handle")


def test_a_terminate_end_ends_the_running_handler_too(stage: Stage) -> None:
    parts = (start(), user("u"), end("stop", event("terminate")), path("s", "u", "stop"), handler("message", False))
    stage.start(diagram("p", *parts, declared=DECLARED)).deliver("on_message_handle").complete("u")
    assert (stage.open, stage.instance.state) == ([], "completed")


def test_a_terminate_end_is_not_caught_as_an_error(stage: Stage) -> None:
    begin = element("startEvent", "on_any", event("error"))
    catch_all = sub("any", begin, user("undo"), path("on_any", "undo"), triggeredByEvent="true")
    parts = (start(), user("u"), end("stop", event("terminate")), path("s", "u", "stop"))
    stage.start(diagram("p", *parts, catch_all, handler("message", False), declared=DECLARED)).complete("u")
    assert (stage.open, stage.instance.state) == ([], "completed")


def test_an_outer_boundary_event_stops_scope_and_handler(stage: Stage) -> None:
    inner = (start("is"), user("u"), end("ie"), path("is", "u", "ie"), handler("message", False))
    parts = (start(), sub("inner", *inner), boundary("late", "inner", timer("P9D")), user("late_task"))
    drawn = diagram("p", *parts, path("s", "inner"), path("late", "late_task"), declared=DECLARED)
    assert stage.start(drawn).deliver("on_message_handle").fire("late").open == ["late_task"]


def test_what_the_normaliser_made_is_hidden(stage: Stage) -> None:
    trigger(started(stage, "two_deep", handler("message", False), handler("error", True, "other")), "message")
    stage.complete("handle").complete("act").complete("work").complete("after")
    shown = [*stage.trace, *(step.element for step in stage.instance.steps), *stage.taken]
    shown += [one.element for one in stage.instance.positions()]
    shown += [name for step in stage.instance.steps for name in step.scope]
    assert [name for name in shown if "::" in name] == []


def test_a_handler_shows_in_the_trace_by_its_authors_ids(stage: Stage) -> None:
    trigger(started(stage, "process", handler("message", True)), "message").complete("handle")
    assert stage.trace == ["begin", "fork", "on_message_handle", "handle", "handle_end", "message_handle_scope"]
