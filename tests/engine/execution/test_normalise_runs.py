"""Rewritten diagrams run as they are drawn: what the author's elements did, in order."""

from __future__ import annotations

import pytest

from .drawing import HEAD, arrows, diagram, nodes, process, scripts
from .playing import MESSAGES, SIGNAL, START, START_END, Play, event


# Links, ends, references -------------------------------------------------------------------------------------------
def link(tag: str, event_id: str) -> str:
    return f'<{tag} id="{event_id}"><linkEventDefinition name="page two"/></{tag}>'


def test_several_links_arrive_at_one() -> None:
    elements = (
        START_END + nodes("userTask", "a", "b") + link("intermediateThrowEvent", "from_a")
        + link("intermediateThrowEvent", "from_b") + link("intermediateCatchEvent", "arrive")
        + '<exclusiveGateway id="which" default="which_to_a"/>'
    )  # fmt: skip
    paths = "s > which > a > from_a\nwhich > b > from_b\narrive > e"

    play = Play(diagram(elements, paths, {"which_to_b": "true"})).do("b")

    assert play.trace == ["s", "which", "b", "from_b", "arrive", "e"]


def begun_by(kind: str, process_id: str) -> str:
    """A process that a signal or message begins: it shows that it was thrown."""
    return process(event("startEvent", f"{process_id}_s", kind) + nodes("endEvent", f"{process_id}_e"),
                   f"{process_id}_s > {process_id}_e", process_id=process_id)  # fmt: skip


def begun(content: bytes) -> list[str]:
    return sorted(instance.process for instance in Play(content).rehearsal.instances)


def test_a_signal_end_event_throws_its_signal() -> None:
    first = process(START + event("endEvent", "e", "signal"), "s > e")

    assert begun(f"{HEAD}{SIGNAL}{first}{begun_by('signal', 'q')}</definitions>".encode()) == ["p", "q"]


def test_a_signal_end_event_ends_its_process() -> None:
    play = Play(diagram(START + event("endEvent", "e", "signal"), "s > e", root=SIGNAL))

    assert (play.trace, play.instance.state) == (["s", "e"], "completed")


def test_an_end_event_with_several_definitions_throws_all() -> None:
    first = process(START + event("endEvent", "e", "terminate", "signal", "message"), "s > e")
    others = begun_by("signal", "q") + begun_by("message", "r")

    assert begun(f"{HEAD}{SIGNAL}{MESSAGES}{first}{others}</definitions>".encode()) == ["p", "q", "r"]


def test_an_intermediate_event_with_several_definitions_throws_all() -> None:
    first = process(START_END + event("intermediateThrowEvent", "t", "signal", "message"), "s > t > e")
    others = begun_by("signal", "q") + begun_by("message", "r")

    assert begun(f"{HEAD}{SIGNAL}{MESSAGES}{first}{others}</definitions>".encode()) == ["p", "q", "r"]


def test_a_referenced_definition_counts_like_a_written_one() -> None:
    shared = '<timerEventDefinition id="a_day"><timeDuration>P1D</timeDuration></timerEventDefinition>'
    wait = '<intermediateCatchEvent id="wait"><eventDefinitionRef>a_day</eventDefinitionRef></intermediateCatchEvent>'

    assert Play(diagram(START_END + wait, "s > wait > e", root=shared)).days(1).trace == ["s", "wait", "e"]


def test_qualified_references_find_what_they_mean() -> None:
    content = diagram(START_END + event("intermediateCatchEvent", "w", "signal"), "s > w > e", root=SIGNAL)
    qualified = content.replace(b"<definitions ", b'<definitions xmlns:tns="urn:ihala:test" ').replace(
        b'signalRef="alarm"', b'signalRef="tns:alarm"'
    )

    assert Play(qualified).signal().trace == ["s", "w", "e"]


def test_ids_the_engine_keeps_for_itself_are_the_authors_in_the_trace() -> None:
    content = diagram(nodes("startEvent", "Start") + nodes("endEvent", "End") + scripts("Root"), "Start > Root > End")

    assert Play(content).trace == ["Start", "Root", "End"]


# Splits ------------------------------------------------------------------------------------------------------------
def test_several_flows_out_of_a_task_all_get_a_token() -> None:
    elements = START_END + nodes("userTask", "first", "a", "b")

    assert Play(diagram(elements, "s > first > a > e\nfirst > b > e")).do("first").waiting == ["a", "b"]


@pytest.mark.parametrize(("age", "expected"), [(10, ["a", "b"]), (20, ["b"]), (40, ["c"])])
def test_conditional_flows_out_of_a_task_are_an_inclusive_choice(age: int, expected: list[str]) -> None:
    elements = START_END + nodes("userTask", "a", "b", "c") + '<userTask id="first" default="first_to_c"/>'
    paths = "s > first > a > e\nfirst > b > e\nfirst > c > e"
    conditions = {"first_to_a": "age < 18", "first_to_b": "age < 30"}

    assert Play(diagram(elements, paths, conditions), {"age": age}).do("first").waiting == expected


@pytest.mark.parametrize(("age", "expected"), [(10, ["always", "child"]), (20, ["always"])])
def test_an_unconditional_flow_beside_a_conditional_one_is_always_taken(age: int, expected: list[str]) -> None:
    elements = START_END + nodes("userTask", "first", "always", "child")
    content = diagram(elements, "s > first > always > e\nfirst > child > e", {"first_to_child": "age < 18"})

    assert Play(content, {"age": age}).do("first").waiting == expected


def test_two_flows_between_the_same_gateways_are_two_tokens() -> None:
    elements = START_END + nodes("parallelGateway", "both", "together") + scripts("after")
    twin = '<sequenceFlow id="twin" sourceRef="both" targetRef="together"/>'

    assert Play(diagram(elements + twin, "s > both > together > after > e")).trace.count("after") == 1


def test_each_token_starts_an_activity_anew() -> None:
    elements = START_END + nodes("parallelGateway", "both") + scripts("a", "b", "after")

    assert Play(diagram(elements, "s > both > a > after > e\nboth > b > after")).trace.count("after") == 2


def test_the_first_true_condition_in_the_drawn_order_wins() -> None:
    gate = (
        '<exclusiveGateway id="which" default="which_to_c"><outgoing>which_to_b</outgoing>'
        "<outgoing>which_to_a</outgoing><outgoing>which_to_c</outgoing></exclusiveGateway>"
    )
    paths = "s > which > a > e\nwhich > b > e\nwhich > c > e"
    content = diagram(START_END + gate + scripts("a", "b", "c"), paths, {"which_to_a": "true", "which_to_b": "true"})

    assert Play(content).trace == ["s", "which", "b", "e"]


# Beginning and ending ----------------------------------------------------------------------------------------------
def test_without_start_event_every_node_that_nothing_leads_to_begins() -> None:
    assert Play(diagram(nodes("userTask", "a", "b", "c"), "a > c")).waiting == ["a", "b"]


def test_without_end_event_a_process_ends_when_its_last_task_is_done() -> None:
    assert Play(diagram(nodes("userTask", "a", "b"), "a > b")).do("a", "b").instance.state == "completed"


def test_a_subprocess_needs_neither_start_nor_end() -> None:
    elements = START_END + f'<subProcess id="stay">{nodes("userTask", "a")}</subProcess>'

    assert Play(diagram(elements, "s > stay > e")).do("a").trace == ["s", "a", "stay", "e"]


def test_an_empty_subprocess_is_passed() -> None:
    assert Play(diagram(START_END + nodes("subProcess", "stay"), "s > stay > e")).trace == ["s", "stay", "e"]


def test_a_receive_task_can_start_its_process() -> None:
    receive = '<receiveTask id="r" messageRef="call" instantiate="true"/>'
    content = diagram(receive + nodes("endEvent", "e"), "r > e", root=MESSAGES)

    assert Play(content, start=False).send("call").trace == ["r", "e"]


def instantiating(kind: str) -> bytes:
    gate = f'<eventBasedGateway id="first" instantiate="true" eventGatewayType="{kind}"/>'
    came = '<messageEventDefinition messageRef="letter"/>'
    letter = f'<intermediateCatchEvent id="letter_came">{came}</intermediateCatchEvent>'
    elements = gate + event("intermediateCatchEvent", "called", "message") + letter + nodes("endEvent", "e")
    paths = "first > called > a > e\nfirst > letter_came > b > e"
    return diagram(elements + nodes("userTask", "a", "b"), paths, root=MESSAGES)


def test_an_event_gateway_that_starts_a_process_waits_for_one_event() -> None:
    assert Play(instantiating("Exclusive"), start=False).send("letter").waiting == ["b"]


def test_a_parallel_event_gateway_that_starts_a_process_waits_for_the_others_too() -> None:
    play = Play(instantiating("Parallel"), start=False).send("letter").do("b")

    assert play.instance.state == "running"
    assert play.send("call").waiting == ["a"]


def test_whichever_start_event_happens_starts_the_process() -> None:
    elements = event("startEvent", "s", "message", "signal") + nodes("endEvent", "e")

    assert Play(diagram(elements, "s > e", root=SIGNAL + MESSAGES), start=False).signal().trace == ["s", "e"]


def test_a_global_task_is_called_like_a_process() -> None:
    task = '<globalScriptTask id="add"><script>total = 3</script></globalScriptTask>'
    call = '<callActivity id="c" calledElement="add"/>'
    content = HEAD + task + process(START_END + call, "s > c > e") + "</definitions>"

    assert Play(content.encode()).trace == ["s", "add", "c", "e"]


# Several definitions -----------------------------------------------------------------------------------------------
def test_a_catch_with_several_definitions_lets_the_token_pass_at_the_first() -> None:
    elements = START_END + event("intermediateCatchEvent", "w", "signal", "timer")

    play = Play(diagram(elements, "s > w > e", root=SIGNAL)).days(1)

    assert (play.trace, play.instance.state) == (["s", "w", "e"], "completed")


def test_a_parallel_catch_waits_for_all() -> None:
    elements = START_END + event("intermediateCatchEvent", "w", "signal", "timer", more=' parallelMultiple="true"')
    play = Play(diagram(elements, "s > w > e", root=SIGNAL)).days(1)

    assert play.instance.state == "running"
    assert play.signal().trace == ["s", "w", "e"]


def test_a_catch_with_several_definitions_stands_after_an_event_gateway() -> None:
    elements = (
        START_END + nodes("eventBasedGateway", "first") + scripts("a", "b")
        + event("intermediateCatchEvent", "w", "signal", "timer") + event("intermediateCatchEvent", "m", "message")
    )  # fmt: skip
    play = Play(diagram(elements, "s > first > w > a > e\nfirst > m > b > e", root=SIGNAL + MESSAGES)).signal()

    assert play.trace == ["s", "first", "w", "a", "e"]


@pytest.mark.parametrize("act", ["signal", "days"])
def test_a_boundary_event_with_several_definitions_stops_its_task_at_the_first(act: str) -> None:
    elements = (
        START_END + nodes("userTask", "a") + event("boundaryEvent", "b", "signal", "timer", more=' attachedToRef="a"')
    )
    play = Play(diagram(elements + scripts("late"), "s > a > e\nb > late > e", root=SIGNAL))

    assert (play.signal() if act == "signal" else play.days(1)).trace == ["s", "b", "late", "e"]


ALL = ' parallelMultiple="true"'


def guarded(stops: bool) -> Play:
    """A task with a boundary event that waits for a signal and a day to pass."""
    border = event(
        "boundaryEvent", "b", "signal", "timer", more=f'{ALL} attachedToRef="a" cancelActivity="{str(stops).lower()}"'
    )
    elements = START_END + nodes("userTask", "a") + border + scripts("late")
    return Play(diagram(elements, "s > a > e\nb > late > e", root=SIGNAL))


def test_a_parallel_boundary_event_stops_its_task_when_all_have_come() -> None:
    play = guarded(stops=True).signal()

    assert (play.waiting, play.days(1).trace) == (["a"], ["s", "b", "late", "e"])


def test_a_parallel_boundary_event_is_forgotten_when_its_task_is_done() -> None:
    play = guarded(stops=True).signal().do("a")

    assert (play.trace, play.instance.state, play.rehearsal.timers) == (["s", "a", "e"], "completed", [])


def test_a_parallel_boundary_event_can_leave_its_task_open() -> None:
    assert guarded(stops=False).days(1).signal().waiting == ["a"]


def test_a_parallel_boundary_event_that_leaves_its_task_open_counts_anew() -> None:
    assert guarded(stops=False).days(1).signal().signal().days(1).trace == ["s", "b", "late", "e", "b", "late", "e"]


@pytest.mark.parametrize("first", ["signal", "message"])
def test_a_parallel_start_event_waits_for_all(first: str) -> None:
    elements = event("startEvent", "s", "message", "signal", more=ALL) + nodes("endEvent", "e")
    play = Play(diagram(elements, "s > e", root=SIGNAL + MESSAGES), start=False)

    play = play.signal() if first == "signal" else play.send("call")
    before = list(play.trace)

    assert (before, (play.send("call") if first == "signal" else play.signal()).trace) == ([], ["s", "e"])


# Data --------------------------------------------------------------------------------------------------------------
def test_a_data_object_of_the_process_is_read_in_a_subprocess() -> None:
    drawn = '<dataObject id="total"/><dataObjectReference id="total_drawn" dataObjectRef="total"/>'
    reading = (
        '<scriptTask id="double"><dataInputAssociation id="d"><sourceRef>total_drawn</sourceRef></dataInputAssociation>'
        "<script>twice = total * 2</script></scriptTask>"
    )
    inner = f'<subProcess id="outer"><subProcess id="inner">{reading}</subProcess></subProcess>'
    write = '<scriptTask id="write"><script>total = 4</script></scriptTask>'

    assert Play(diagram(START_END + drawn + write + inner, "s > write > outer > e")).instance.state == "completed"


def test_errors_without_a_code_are_told_apart() -> None:
    errors = '<error id="first_kind" name="first"/><error id="second_kind" name="second"/>'
    inner = nodes("startEvent", "i") + '<endEvent id="x"><errorEventDefinition errorRef="second_kind"/></endEvent>'
    borders = "".join(
        f'<boundaryEvent id="{kind}_caught" attachedToRef="sub"><errorEventDefinition errorRef="{kind}_kind"/>'
        "</boundaryEvent>"
        for kind in ("first", "second")
    )
    elements = START_END + f'<subProcess id="sub">{inner}{arrows("i > x")}</subProcess>{borders}'
    content = diagram(elements, "s > sub > e\nfirst_caught > e\nsecond_caught > e", root=errors)

    assert Play(content).trace == ["s", "i", "x", "second_caught", "e"]
