"""Proofs of safeguards on small diagrams: what counts as standing before a step, and what does not."""

from __future__ import annotations

import pytest

from engine.execution.safeguarding import prove_files, read_list

from .drawing import diagram, nodes

WORDS = '{ en = "-", ar = "-" }'
START_END = nodes("startEvent", "s") + nodes("endEvent", "e")
TASKS = START_END + nodes("userTask", "ask", "act")
ASK_FIRST = 'kind = "before"\nreach = { id = "act" }\npassing = { id = "ask" }'
LATE = '<boundaryEvent id="late" attachedToRef="ask" cancelActivity="{}"><timerEventDefinition>'
CLOCK = f"{LATE}<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
LOOP = '<multiInstanceLoopCharacteristics xmlns:i="urn:ihala:bpmn" i:collection="people"/>'
CHOICE = '<exclusiveGateway id="which" default="which_to_act"/>'
CALLED = diagram(
    nodes("startEvent", "qs") + nodes("userTask", "ask") + nodes("endEvent", "qe"), "qs > ask > qe", process_id="q"
)


def broken(proof: str, *files: bytes) -> list[str]:
    """The elements at which the files break a safeguard of one proof."""
    words = "".join(f"{key} = {WORDS}\n" for key in ("name", "meaning", "endangers"))
    listed = read_list(f'[[safeguard]]\nid = "one"\n{words}[[safeguard.proof]]\n{proof}\n'.encode())
    (one,) = prove_files({f"{place}.bpmn": file for place, file in enumerate(files)}, listed)
    return [problem.element for problem in one.breaks]


def test_a_step_on_the_only_way_stands_before() -> None:
    assert broken(ASK_FIRST, diagram(TASKS, "s > ask > act > e")) == []


def test_a_second_way_goes_round_it() -> None:
    around = diagram(
        TASKS + '<exclusiveGateway id="which" default="which_to_act"/>',
        "s > which > ask > act > e\nwhich > act",
        {"which_to_ask": "ok"},
    )
    assert broken(ASK_FIRST, around) == ["act"]


def test_a_step_that_a_clock_takes_away_does_not_stand_before() -> None:
    interrupted = diagram(TASKS + CLOCK.format("true"), "s > ask > act > e\nlate > act")
    assert broken(ASK_FIRST, interrupted) == ["act"]


def test_a_reminder_that_leads_on_goes_round_it_too() -> None:
    assert broken(ASK_FIRST, diagram(TASKS + CLOCK.format("false"), "s > ask > act > e\nlate > act")) == ["act"]


def test_a_reminder_of_its_own_end_changes_nothing() -> None:
    reminded = TASKS + CLOCK.format("false") + nodes("endEvent", "told")
    end_first = ASK_FIRST.replace('"act"', '"e"')
    assert broken(end_first, diagram(reminded, "s > ask > act > e\nlate > told")) == []


def test_a_step_repeated_over_a_list_may_never_be_done() -> None:
    repeated = START_END + nodes("userTask", "act") + f'<userTask id="ask">{LOOP}</userTask>'
    assert broken(ASK_FIRST, diagram(repeated, "s > ask > act > e")) == ["act"]


def test_a_join_waits_for_the_branch_with_the_step() -> None:
    joined = diagram(TASKS + nodes("parallelGateway", "fork", "join"), "s > fork > ask > join > act > e\nfork > join")
    assert broken(ASK_FIRST, joined) == []


@pytest.mark.parametrize(("beside", "found"), [("true", []), ("false", ["act"])])
def test_a_branch_beside_counts_only_where_that_is_enough(beside: str, found: list[str]) -> None:
    forked = diagram(
        TASKS + nodes("parallelGateway", "fork") + nodes("endEvent", "e2"), "s > fork > ask > e2\nfork > act > e"
    )
    assert broken(f"{ASK_FIRST}\nbeside = {beside}", forked) == found


def test_a_branch_that_waits_first_does_not_stand_beside() -> None:
    waiting = TASKS + nodes("parallelGateway", "fork") + nodes("endEvent", "e2") + nodes("userTask", "later")
    forked = diagram(waiting, "s > fork > later > ask > e2\nfork > act > e")
    assert broken(f"{ASK_FIRST}\nbeside = true", forked) == ["act"]


def test_a_step_in_a_called_process_stands_before() -> None:
    calling = START_END + nodes("userTask", "act") + '<callActivity id="call" calledElement="q"/>'
    assert broken(ASK_FIRST, diagram(calling, "s > call > act > e"), CALLED) == []


def test_a_step_in_a_subprocess_stands_before() -> None:
    inner = '<subProcess id="sub"><startEvent id="is"/><userTask id="ask"/><endEvent id="ie"/>{}</subProcess>'
    flows = (
        '<sequenceFlow id="f1" sourceRef="is" targetRef="ask"/><sequenceFlow id="f2" sourceRef="ask" targetRef="ie"/>'
    )
    nested = START_END + nodes("userTask", "act") + inner.format(flows)
    assert broken(ASK_FIRST, diagram(nested, "s > sub > act > e")) == []


def test_an_event_at_any_moment_goes_round_it() -> None:
    handler = (
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false">'
        '<messageEventDefinition messageRef="m"/></startEvent><userTask id="act"/><endEvent id="he"/>'
        '<sequenceFlow id="f1" sourceRef="hs" targetRef="act"/><sequenceFlow id="f2" sourceRef="act" targetRef="he"/>'
        "</subProcess>"
    )
    drawn = diagram(START_END + nodes("userTask", "ask") + handler, "s > ask > e", root='<message id="m" name="m"/>')
    assert broken(ASK_FIRST, drawn) == ["act"]


def test_subprocesses_of_one_id_in_two_files_are_two() -> None:
    inner = '<subProcess id="sub"><startEvent id="is"/><userTask id="{0}"/><endEvent id="ie"/>{1}</subProcess>'
    flows = "".join(
        f'<sequenceFlow id="f{place}" sourceRef="{one}" targetRef="{other}"/>'
        for place, (one, other) in enumerate([("is", "{0}"), ("{0}", "ie")])
    )
    files = [
        diagram(START_END + inner.format(task, flows.format(task)), "s > sub > e", process_id=process)
        for process, task in (("p", "act"), ("q", "ask"))
    ]
    assert broken(ASK_FIRST, *files) == ["act"]


def test_a_called_process_that_an_event_begins_is_a_beginning_too() -> None:
    message = '<startEvent id="told"><messageEventDefinition messageRef="m"/></startEvent>'
    called = diagram(
        nodes("startEvent", "qs") + message + nodes("userTask", "act") + nodes("endEvent", "qe"),
        "qs > act > qe\ntold > act",
        process_id="q",
        root='<message id="m" name="m"/>',
    )
    calling = START_END + nodes("userTask", "ask") + '<callActivity id="call" calledElement="q"/>'
    assert broken(ASK_FIRST, diagram(calling, "s > ask > call > e"), called) == ["act"]


def test_a_process_that_nobody_calls_is_a_beginning_of_its_own() -> None:
    alone = diagram(
        nodes("startEvent", "as") + nodes("userTask", "act") + nodes("endEvent", "ae"), "as > act > ae", process_id="a"
    )
    assert broken(ASK_FIRST, diagram(START_END + nodes("userTask", "ask"), "s > ask > e"), alone) == ["act"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('who = "adult"', ["act"]),
        ('who != "adult"', []),
        ('who != "adult" or rich', []),
        ('who != "adult" and rich', ["act"]),
        ('not(who = "adult")', []),
        ("rich", ["act"]),
        ("who != ", ["act"]),
    ],
)
def test_conditions_count_where_something_is_given(condition: str, found: list[str]) -> None:
    """The way round the task is closed to a child only where the condition is certainly true of a child."""
    around = diagram(TASKS + CHOICE, "s > which > ask > act > e\nwhich > act", {"which_to_ask": condition})
    assert broken(f"{ASK_FIRST}\ngiven = {{ who = '\"child\"' }}", around) == found


def test_an_element_that_was_renamed_does_not_slip_out() -> None:
    assert broken(ASK_FIRST, diagram(START_END + nodes("userTask", "ask", "act2"), "s > ask > act2 > e")) == [""]


def test_a_step_from_which_no_way_leads_out_is_found() -> None:
    leaving = 'kind = "leads_to"\nbegin = { id = ["ask", "act"] }\nreach = { id = "out" }'
    drawn = diagram(
        TASKS + CHOICE + nodes("endEvent", "out"), "s > ask > which > act > e\nwhich > out", {"which_to_out": "ok"}
    )
    assert broken(leaving, drawn) == ["act"]
