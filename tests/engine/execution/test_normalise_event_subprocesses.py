"""Event sub-processes, rewritten, run as they are drawn: triggers, nesting, endings, handlers that run beside."""

from __future__ import annotations

import pytest

from .drawing import arrows, diagram, nodes, scripts
from .playing import MESSAGES, SIGNAL, START_END, Play, event

ROOT = SIGNAL + MESSAGES + '<error id="lost" errorCode="lost"/><escalation id="far" escalationCode="far"/>'


def handler(name: str, *kinds: str, stops: bool = True, body: str = "") -> str:
    start = event("startEvent", f"{name}_s", *kinds, more="" if stops else ' isInterrupting="false"')
    inside = body or nodes("userTask", name)
    return (
        f'<subProcess id="{name}_h" triggeredByEvent="true">{start}{inside}{nodes("endEvent", f"{name}_e")}'
        f"{arrows(f'{name}_s > {name} > {name}_e')}</subProcess>"
    )


TRIGGERS = ["signal", "message", "timer", "conditional"]


def happen(play: Play, trigger: str) -> Play:
    if trigger == "signal":
        return play.signal()
    return play.send("call") if trigger == "message" else play.days(1)


def scope_with(*inside: str, paths: str = "s > a > e") -> bytes:
    elements = START_END + nodes("userTask", "a") + "".join(inside)
    return diagram(elements, paths, root=ROOT)


@pytest.mark.parametrize("trigger", ["signal", "message", "timer"])
def test_an_interrupting_event_subprocess_stops_its_scope(trigger: str) -> None:
    play = happen(Play(scope_with(handler("h", trigger))), trigger)

    assert (play.waiting, play.do("h").instance.state) == (["h"], "completed")


@pytest.mark.parametrize("trigger", ["signal", "message", "timer"])
def test_a_non_interrupting_event_subprocess_runs_beside_its_scope(trigger: str) -> None:
    play = happen(Play(scope_with(handler("h", trigger, stops=False))), trigger)

    assert (play.waiting, play.do("a").instance.state, play.do("h").instance.state) == (
        ["a", "h"],
        "running",
        "completed",
    )


def test_a_non_interrupting_event_subprocess_can_run_several_times() -> None:
    assert Play(scope_with(handler("h", "signal", stops=False))).signal().signal().waiting == ["a", "h", "h"]


def test_an_event_subprocess_that_is_never_triggered_does_not_keep_the_case_open() -> None:
    assert Play(scope_with(handler("h", "timer"))).do("a").instance.state == "completed"


def test_a_condition_triggers_when_it_becomes_true() -> None:
    alarm = '<scriptTask id="alarm_raised"><script>danger = true</script></scriptTask>'
    content = scope_with(handler("h", "conditional", stops=False), alarm, paths="s > alarm_raised > a > e")

    assert Play(content).waiting == ["a", "h"]


@pytest.mark.parametrize("kind", ["error", "escalation"])
def test_what_is_thrown_in_the_scope_reaches_its_event_subprocess(kind: str) -> None:
    inner = nodes("startEvent", "i") + event("endEvent", "x", kind) + arrows("i > x")
    sub = f'<subProcess id="sub">{inner}</subProcess>'
    content = scope_with(handler("h", kind), sub, paths="s > sub > a > e")

    assert Play(content).waiting == ["h"]


def test_an_interrupting_event_stops_handlers_that_run_beside() -> None:
    content = scope_with(handler("beside", "message", stops=False), handler("stop", "signal"))

    assert Play(content).send("call").signal().waiting == ["stop"]


def test_a_terminate_end_event_ends_the_handlers_of_its_scope_too() -> None:
    stop = event("endEvent", "stop", "terminate")
    content = scope_with(handler("h", "signal", stops=False), stop, paths="s > a > stop").replace(
        b'<endEvent id="e"/>', b""
    )

    assert Play(content).signal().do("a").instance.state == "completed"


def test_several_event_subprocesses_of_one_scope_wait_side_by_side() -> None:
    content = scope_with(handler("h", "signal", stops=False), handler("k", "message", stops=False))

    assert Play(content).send("call").signal().waiting == ["a", "h", "k"]


def test_an_event_subprocess_inside_an_event_subprocess() -> None:
    inner = nodes("userTask", "h") + handler("k", "message")

    assert Play(scope_with(handler("h", "signal", body=inner))).signal().send("call").waiting == ["k"]


def test_an_event_subprocess_of_a_subprocess_leaves_the_rest_alone() -> None:
    inside = nodes("startEvent", "i") + nodes("endEvent", "j") + nodes("userTask", "b") + arrows("i > b > j")
    sub = f'<subProcess id="sub">{inside}{handler("h", "signal")}</subProcess>'
    content = scope_with(sub, nodes("parallelGateway", "both"), paths="s > both > a > e\nboth > sub > e")

    assert Play(content).signal().waiting == ["a", "h"]


def test_the_trace_holds_only_what_the_author_drew() -> None:
    play = Play(scope_with(handler("h", "signal", stops=False))).signal().do("h", "a")

    assert play.trace == ["s", "h_s", "h", "h_e", "h_h", "a", "e"]


def test_a_cancel_end_event_cancels_its_transaction_past_an_event_subprocess() -> None:
    inside = (
        nodes("startEvent", "i") + nodes("userTask", "b") + event("endEvent", "stop", "cancel") + arrows("i > b > stop")
        + handler("h", "signal", stops=False)
    )  # fmt: skip
    border = event("boundaryEvent", "cancelled", "cancel", more=' attachedToRef="t"')
    elements = START_END + f'<transaction id="t">{inside}</transaction>{border}' + scripts("after")

    play = Play(diagram(elements, "s > t > e\ncancelled > after > e", root=ROOT)).signal().do("b")

    assert (play.trace[-3:], play.instance.state) == (["cancelled", "after", "e"], "completed")


def test_an_event_subprocess_can_wait_for_several_events_together() -> None:
    content = scope_with(handler("h", "signal", "message")).replace(
        b'<startEvent id="h_s"', b'<startEvent id="h_s" parallelMultiple="true"'
    )
    play = Play(content).signal()

    assert (play.waiting, play.send("call").waiting) == (["a"], ["h"])
