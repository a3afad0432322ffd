"""Messages, signals, errors, escalations, conditions: who takes what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.execution import NoLongerWaiting, StepFailed
from tests.engine.execution.diagrams import (
    boundary,
    call,
    catch,
    declare,
    diagram,
    element,
    end,
    event,
    extensions,
    flow,
    gateway,
    path,
    script,
    start,
    sub,
    throw,
    user,
    when,
)
from tests.engine.execution.stage import Stage

NEWS = declare("message", "news")
ALARM = declare("signal", "alarm")


def receiving(**attributes: str) -> bytes:
    parts = (start(), catch("wait", event("message", "news"), **attributes), user("after"))
    return diagram("p", *parts, path("s", "wait", "after"), declared=NEWS)


def test_a_message_catch_waits_by_name(stage: Stage) -> None:
    assert [(one.kind, one.name) for one in stage.start(receiving()).instance.catches] == [("message", "news")]


def test_the_payload_of_a_message_is_the_variable_named_by_its_catch(stage: Stage) -> None:
    assert stage.start(receiving()).deliver("wait", n=1).instance.variables["wait"] == {"n": Decimal(1)}


def test_a_message_is_delivered_once(stage: Stage) -> None:
    catch_id = stage.start(receiving()).instance.catches[0].id
    stage.deliver("wait")
    with pytest.raises(NoLongerWaiting):
        stage.instance.deliver(catch_id, {})


def test_a_catch_tells_its_keys_and_its_reach(stage: Stage) -> None:
    stage.start(receiving(ihala_correlation="{case: number}", ihala_reach="mechanism"), variables={"number": 7})
    assert [(dict(one.keys), one.reach) for one in stage.instance.catches] == [({"case": Decimal(7)}, "mechanism")]


def test_a_key_is_compared_by_value(stage: Stage) -> None:
    stage.start(receiving(ihala_correlation="number"), variables={"number": 7})
    assert [stage.instance.catches[0].fits("news", {"other_name": n}) for n in (7, 8)] == [True, False]


def test_a_receive_task_waits_for_its_message(stage: Stage) -> None:
    parts = (start(), element("receiveTask", "wait", messageRef="news"), user("after"))
    drawn = diagram("p", *parts, path("s", "wait", "after"), declared=NEWS)
    assert stage.start(drawn).deliver("wait").open == ["after"]


def sending(*receivers: str, correlation: str = "") -> bytes:
    """A task, then a message; beside it the receivers, each a catch with a task behind it."""
    key = {"ihala_correlation": correlation} if correlation else {}
    parts = [start(), gateway("parallel", "g"), user("u"), path("s", "g", "u", "tell")]
    parts.append(throw("tell", event("message", "news"), extensions(inputs={"n": "u.n"}), **key))
    for name in receivers:
        expected = {"ihala_correlation": f"{name}_key"} if correlation else {}
        parts += [catch(name, event("message", "news"), **expected), user(f"{name}_after")]
        parts.append(path("g", name, f"{name}_after"))
    return diagram("p", *parts, declared=NEWS)


def test_a_message_is_taken_by_a_catch_of_its_own_instance(stage: Stage) -> None:
    assert stage.start(sending("a")).complete("u", n=1).open == ["a_after"]


def test_a_message_taken_inside_does_not_leave(stage: Stage) -> None:
    assert stage.start(sending("a")).complete("u", n=1).around.thrown == []


def test_a_message_goes_to_one_receiver_only(stage: Stage) -> None:
    assert len(stage.start(sending("a", "b")).complete("u", n=1).open) == 1


def test_a_message_goes_to_the_receiver_whose_keys_are_equal(stage: Stage) -> None:
    variables = {"a_key": 1, "b_key": 2}
    stage.start(sending("a", "b", correlation="u.n"), variables=variables).complete("u", n=2)
    assert stage.open == ["b_after"]


def test_a_message_nobody_waits_for_leaves_with_payload_and_keys(stage: Stage) -> None:
    stage.start(sending("a", correlation="u.n"), variables={"a_key": 1}).complete("u", n=2)
    assert [(one.name, one.payload, one.keys) for one in stage.around.thrown] == [
        ("news", {"n": Decimal(2)}, {"correlation": Decimal(2)})
    ]


def test_a_called_process_can_answer_its_caller(stage: Stage) -> None:
    called = diagram(
        "q", start(), user("u"), end("tell", event("message", "news")), path("s", "u", "tell"), declared=NEWS
    )
    parts = (start(), gateway("parallel", "g"), call("c", "q"), catch("wait", event("message", "news")), user("after"))
    drawn = diagram("p", *parts, path("s", "g", "c"), path("g", "wait", "after"), declared=NEWS)
    assert stage.start(drawn, called).complete("u").open == ["after"]


CORRELATED = (
    f'{NEWS}<message id="reply" name="reply"/>'
    '<correlationProperty id="number" name="number">'
    '<correlationPropertyRetrievalExpression messageRef="news"><messagePath>n</messagePath>'
    "</correlationPropertyRetrievalExpression>"
    '<correlationPropertyRetrievalExpression messageRef="reply"><messagePath>about</messagePath>'
    "</correlationPropertyRetrievalExpression></correlationProperty>"
)


def conversation() -> bytes:
    first, second = event("message", "news"), event("message", "reply")
    parts = (start(), throw("tell", first, extensions(inputs={"n": "7"})), catch("answer", second), user("after"))
    return diagram("p", *parts, path("s", "tell", "answer", "after"), declared=CORRELATED)


def test_a_conversation_keeps_the_keys_of_its_first_message(stage: Stage) -> None:
    assert [dict(one.keys) for one in stage.start(conversation()).instance.catches] == [{"number": Decimal(7)}]


def test_the_keys_of_a_message_from_outside_are_read_from_its_payload(stage: Stage) -> None:
    stage.start(conversation())
    assert stage.mechanism().keys_of("reply", {"about": 7}, stage.around.now()) == {"number": Decimal(7)}


def test_a_process_can_begin_with_a_message(stage: Stage) -> None:
    drawn = diagram("p", element("startEvent", "s", event("message", "news")), user("u"), path("s", "u"), declared=NEWS)
    stage.start(drawn, at="s", payload={"n": 1})
    assert stage.instance.variables["s"] == {"n": Decimal(1)}


def test_a_process_tells_what_it_begins_with(stage: Stage) -> None:
    drawn = diagram("p", element("startEvent", "s", event("message", "news")), user("u"), path("s", "u"), declared=NEWS)
    assert stage.start(drawn).instance.process.begins_with("message") == {"news"}


def hearing(*names: str) -> list[str]:
    return [part for name in names for part in (catch(name, event("signal", "alarm")), path("g", name))]


def test_a_signal_reaches_all_that_wait_for_it(stage: Stage) -> None:
    drawn = diagram(
        "p", start(), gateway("parallel", "g"), *hearing("a", "b"), user("u"), path("s", "g", "u"), declared=ALARM
    )
    assert stage.start(drawn).signal("alarm") == 2


def test_a_signal_of_another_name_reaches_nobody(stage: Stage) -> None:
    drawn = diagram(
        "p", start(), gateway("parallel", "g"), *hearing("a", "b"), user("u"), path("s", "g", "u"), declared=ALARM
    )
    assert stage.start(drawn).signal("quiet") == 0


def test_a_thrown_signal_reaches_its_own_instance_and_leaves(stage: Stage) -> None:
    parts = (start(), gateway("parallel", "g"), *hearing("a"), user("u"), throw("cry", event("signal", "alarm")))
    stage.start(diagram("p", *parts, path("s", "g", "u", "cry"), declared=ALARM)).complete("u")
    assert ([one.kind for one in stage.around.thrown], stage.instance.catches) == (["signal"], [])


def test_a_signal_end_event_throws(stage: Stage) -> None:
    drawn = diagram("p", start(), user("u"), end("e", event("signal", "alarm")), path("s", "u", "e"), declared=ALARM)
    assert [one.name for one in stage.start(drawn).complete("u").around.thrown] == ["alarm"]


ERRORS = declare("error", "bad") + declare("error", "worse")


def failing(*catches: str, code: str = "bad") -> bytes:
    inner = (start("is"), gateway("parallel", "ig"), user("u"), user("other"), end("oops", event("error", code)))
    return diagram(
        "p", start(), sub("inner", *inner, path("is", "ig", "u", "oops"), path("ig", "other")), *catches,
        user("handle"), path("s", "inner"), path("caught", "handle"), declared=ERRORS,
    )  # fmt: skip


def test_an_error_is_caught_on_the_scope_it_leaves(stage: Stage) -> None:
    assert stage.start(failing(boundary("caught", "inner", event("error", "bad")))).complete("u").open == ["handle"]


def test_a_catch_without_code_takes_every_error(stage: Stage) -> None:
    assert stage.start(failing(boundary("caught", "inner", event("error")))).complete("u").open == ["handle"]


def test_an_error_nobody_catches_fails_the_step(stage: Stage) -> None:
    stage.start(failing(boundary("caught", "inner", event("error", "worse"))))
    with pytest.raises(StepFailed, match="'bad' is caught nowhere"):
        stage.complete("u")


def test_an_error_does_not_reach_an_activity_beside_it(stage: Stage) -> None:
    parts = (start(), gateway("parallel", "g"), user("u"), end("oops", event("error", "bad")), user("beside"))
    caught = (boundary("caught", "beside", event("error", "bad")), user("handle"), path("caught", "handle"))
    drawn = diagram("p", *parts, *caught, path("s", "g", "u", "oops"), path("g", "beside"), declared=ERRORS)
    stage.start(drawn)
    with pytest.raises(StepFailed):
        stage.complete("u")


def escalating(stops: bool) -> bytes:
    inner = (start("is"), user("u"), throw("up", event("escalation", "help")), user("v"))
    parts = (
        sub("inner", *inner, path("is", "u", "up", "v")),
        boundary("caught", "inner", event("escalation", "help"), stops),
    )
    return diagram("p", start(), *parts, user("handle"), path("s", "inner"), path("caught", "handle"),
                   declared=declare("escalation", "help"))  # fmt: skip


@pytest.mark.parametrize(("stops", "opened"), [(True, ["handle"]), (False, ["handle", "v"])])
def test_an_escalation_goes_outwards(stage: Stage, stops: bool, opened: list[str]) -> None:
    assert stage.start(escalating(stops)).complete("u").open == opened


def test_an_escalation_nobody_catches_is_no_failure(stage: Stage) -> None:
    parts = (start(), user("u"), throw("up", event("escalation", "help")), user("v"))
    drawn = diagram("p", *parts, path("s", "u", "up", "v"), declared=declare("escalation", "help"))
    assert stage.start(drawn).complete("u").open == ["v"]


def conditional(stops: bool) -> bytes:
    parts = (start(), gateway("parallel", "g"), user("u"), boundary("hot", "u", when("heat > 5"), stops), user("cool"))
    scripts = (
        user("v"),
        script("x", "heat = heat + v.by"),
        gateway("exclusive", "m"),
        gateway("exclusive", "w", "w-m"),
    )
    ways = (path("s", "g", "u"), path("hot", "cool"), path("g", "m", "v", "x", "w", "m"), flow("w", "e", "heat > 99"))
    return diagram("p", *parts, *scripts, end(), *ways)


def test_a_condition_fires_when_it_becomes_true(stage: Stage) -> None:
    assert stage.start(conditional(False), variables={"heat": 1}).complete("v", by=9).open == ["cool", "u", "v"]


def test_a_condition_fires_again_only_after_it_was_false(stage: Stage) -> None:
    stage.start(conditional(False), variables={"heat": 1}).complete("v", by=9).complete("v", by=1)
    assert stage.open == ["cool", "u", "v"]


def test_a_condition_fires_at_each_rising_edge(stage: Stage) -> None:
    stage.start(conditional(False), variables={"heat": 1}).complete("v", by=9).complete("v", by=-9).complete("v", by=9)
    assert stage.open == ["cool", "cool", "u", "v"]


def test_a_condition_on_an_unset_variable_does_not_hold(stage: Stage) -> None:
    parts = (start(), user("u"), boundary("hot", "u", when("heat > 5")), user("cool"))
    assert stage.start(diagram("p", *parts, path("s", "u"), path("hot", "cool"))).open == ["u"]


def test_a_condition_that_holds_at_once_fires_at_once(stage: Stage) -> None:
    parts = (start(), catch("hot", when("heat > 5")), user("after"))
    assert stage.start(diagram("p", *parts, path("s", "hot", "after")), variables={"heat": 9}).open == ["after"]


def racing() -> bytes:
    parts = (
        start(),
        gateway("eventBased", "g"),
        catch("a", event("message", "news")),
        catch("b", event("signal", "alarm")),
    )
    return diagram(
        "p", *parts, user("ua"), user("ub"), path("s", "g", "a", "ua"), path("g", "b", "ub"), declared=NEWS + ALARM
    )


def test_behind_an_event_gateway_all_events_wait(stage: Stage) -> None:
    assert [one.element.id for one in stage.start(racing()).instance.catches] == ["a", "b"]


def test_behind_an_event_gateway_one_event_wins(stage: Stage) -> None:
    assert (stage.start(racing()).deliver("a").open, stage.instance.catches) == (["ua"], [])


def transaction() -> bytes:
    inner = (start("is"), gateway("parallel", "ig"), user("u"), user("other"), end("undo", event("cancel")), end("ie"))
    ways = (path("is", "ig", "u", "undo"), path("ig", "other", "ie"))
    parts = (sub("deal", *inner, *ways, tag="transaction"), boundary("undone", "deal", event("cancel")), user("handle"))
    return diagram("p", start(), *parts, user("after"), path("s", "deal", "after"), path("undone", "handle"))


def test_a_cancelled_transaction_goes_on_at_its_cancel_event(stage: Stage) -> None:
    assert stage.start(transaction()).complete("u").open == ["handle"]


def test_a_boundary_event_inside_a_loop_of_visits_is_armed_each_time(stage: Stage) -> None:
    parts = (start(), gateway("exclusive", "m"), user("u"), boundary("b", "u", event("message", "news")), user("v"))
    drawn = diagram("p", *parts, path("s", "m", "u"), path("b", "v", "m"), declared=NEWS)
    assert stage.start(drawn).deliver("b").complete("v").deliver("b").open == ["v"]


def test_an_outer_interruption_comes_before_inner_scripts(stage: Stage) -> None:
    inner = (start("is"), user("u"), script("x", "go = true"), script("y", "after = true"), user("v"))
    parts = (
        sub("inner", *inner, path("is", "u", "x", "y", "v")),
        boundary("stop", "inner", when("go")),
        user("handle"),
    )
    drawn = diagram("p", start(), *parts, path("s", "inner"), path("stop", "handle"))
    stage.start(drawn, variables={"go": False, "after": False}).complete("u")
    assert stage.instance.variables["after"] is False
