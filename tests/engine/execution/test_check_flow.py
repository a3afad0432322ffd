"""Deadlocks are found where no choice can avoid them, and no right diagram is ever refused."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.execution.checking.check import check

from .drawing import arrows, diagram, nodes

START_END = nodes("startEvent", "s") + nodes("endEvent", "e")
Block = tuple[str, str, str, str]
"""A piece of a right diagram: its elements, its arrows, the node it begins at and the node it ends at."""


def codes(content: bytes) -> list[str]:
    return [problem.code for problem in check({"p.bpmn": content})]


def refused(content: bytes) -> list[str]:
    return [str(problem) for problem in check({"p.bpmn": content}) if problem.severity == "cannot_run"]


class Pen:
    """Draws blocks that are right by construction, each node with a new id."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def name(self, kind: str) -> str:
        return f"{kind}{next(self.numbers)}"

    def task(self) -> Block:
        one = self.name("t")
        return nodes("userTask", one), "", one, one

    def chain(self, first: Block, second: Block) -> Block:
        return first[0] + second[0], first[1] + second[1] + arrows(f"{first[3]} > {second[2]}"), first[2], second[3]

    def fork(self, kind: str, blocks: list[Block]) -> Block:
        split, join = self.name("g"), self.name("g")
        default = f' default="{split}_to_{blocks[0][2]}"' if kind != "parallelGateway" else ""
        conditions = {} if kind == "parallelGateway" else {f"{split}_to_{one[2]}": "true" for one in blocks[1:]}
        inside = "".join(one[0] for one in blocks)
        flows = "".join(one[1] + arrows(f"{split} > {one[2]}\n{one[3]} > {join}", conditions) for one in blocks)
        return f'<{kind} id="{split}"{default}/><{kind} id="{join}"/>{inside}', flows, split, join

    def loop(self, body: Block) -> Block:
        again, out = self.name("g"), self.name("g")
        gates = f'<exclusiveGateway id="{again}"/><exclusiveGateway id="{out}" default="{out}_to_{again}"/>'
        after = self.task()
        back = arrows(
            f"{again} > {body[2]}\n{body[3]} > {out}\n{out} > {again}\n{out} > {after[2]}",
            {f"{out}_to_{after[2]}": "true"},
        )
        return gates + body[0] + after[0], body[1] + back, again, after[3]


@st.composite
def right_diagrams(draw: st.DrawFn) -> bytes:
    pen = Pen()

    def block(depth: int) -> Block:
        shape = draw(st.sampled_from(["task", "chain", "loop", *FORKS])) if depth else "task"
        if shape == "chain":
            return pen.chain(block(depth - 1), block(depth - 1))
        if shape == "loop":
            return pen.loop(block(depth - 1))
        if shape in FORKS:
            return pen.fork(shape, [block(depth - 1) for _ in range(draw(st.integers(2, 3)))])
        return pen.task()

    elements, flows, first, last = block(3)
    text = diagram(START_END + elements, f"s > {first}\n{last} > e").decode()
    return text.replace("</process>", f"{flows}</process>").encode()


FORKS = ["parallelGateway", "exclusiveGateway", "inclusiveGateway"]


@given(right_diagrams())
def test_a_right_diagram_is_never_refused(content: bytes) -> None:
    assert refused(content) == []


RIGHT = {
    "a refusal ends all by terminating": (
        nodes("parallelGateway", "both", "together")
        + nodes("userTask", "a", "b")
        + '<exclusiveGateway id="ok" default="ok_to_together"/>'
        + '<endEvent id="stop"><terminateEventDefinition/></endEvent>',
        "s > both > a > ok > together > e\nok > stop\nboth > b > together",
        {"ok_to_stop": "false"},
    ),
    "a clock beside the task": (
        nodes("userTask", "a", "late")
        + '<boundaryEvent id="clock" attachedToRef="a"><timerEventDefinition><timeDuration>P1D</timeDuration>'
        "</timerEventDefinition></boundaryEvent>",
        "s > a > e\nclock > late > e",
        {},
    ),
    "a review that is repeated": (
        nodes("userTask", "write", "review") + '<exclusiveGateway id="ok" default="ok_to_e"/>',
        "s > write > review > ok > e\nok > write",
        {"ok_to_write": "false"},
    ),
    "choices that lead to one parallel task each": (
        nodes("parallelGateway", "both", "together")
        + nodes("userTask", "a", "b", "c")
        + '<exclusiveGateway id="which" default="which_to_a"/><exclusiveGateway id="merge"/>',
        "s > both > which > a > merge > together > e\nwhich > b > merge\nboth > c > together",
        {"which_to_b": "false"},
    ),
    "an inclusive choice joined by a parallel gateway": (
        nodes("userTask", "a", "b") + '<inclusiveGateway id="some"/><parallelGateway id="together"/>',
        "s > some > a > together > e\nsome > b > together",
        {"some_to_a": "true", "some_to_b": "true"},
    ),
    "a counter that goes round three times": (
        '<scriptTask id="zero"><script>n = 0</script></scriptTask><scriptTask id="more"><script>n = n + 1</script>'
        '</scriptTask><exclusiveGateway id="enough" default="enough_to_e"/>',
        "s > zero > more > enough > e\nenough > more",
        {"enough_to_more": "n < 3"},
    ),
    "two scripts that add to one list side by side": (
        '<scriptTask id="a"><script>done = append(done, "a")</script></scriptTask><scriptTask id="b"><script>'
        'done = append(done, "b")</script></scriptTask>' + nodes("parallelGateway", "both", "together"),
        "s > both > a > together > e\nboth > b > together",
        {},
    ),
}


@pytest.mark.parametrize("case", RIGHT)
def test_right_diagrams_are_left_in_peace(case: str) -> None:
    elements, paths, conditions = RIGHT[case]

    assert refused(diagram(START_END + elements, paths, conditions)) == []


def test_a_choice_between_more_than_two_never_fills_a_parallel_join() -> None:
    elements = (
        START_END + nodes("userTask", "a", "b", "c") + '<exclusiveGateway id="which" default="which_to_a"/>'
        '<parallelGateway id="together"/>'
    )
    paths = "s > which > a > together > e\nwhich > b > together\nwhich > c > together"

    assert "deadlock" in codes(diagram(elements, paths, {"which_to_b": "true", "which_to_c": "true"}))


def test_a_join_that_waits_for_its_own_circle_is_a_deadlock() -> None:
    elements = START_END + nodes("parallelGateway", "join", "split") + nodes("userTask", "a")

    assert "deadlock" in codes(diagram(elements, "s > join > a > split > e\nsplit > join"))


def test_a_deadlock_inside_a_subprocess_is_found() -> None:
    inner = (
        nodes("startEvent", "is")
        + nodes("endEvent", "ie")
        + nodes("userTask", "a", "b")
        + '<exclusiveGateway id="which" default="which_to_a"/><parallelGateway id="together"/>'
        + arrows("is > which > a > together > ie\nwhich > b > together", {"which_to_b": "true"})
    )

    assert "deadlock" in codes(diagram(f'{START_END}<subProcess id="sub">{inner}</subProcess>', "s > sub > e"))


def test_a_scope_with_too_many_markings_is_passed_over() -> None:
    gates = [f"g{number}" for number in range(14)]
    elements = (
        START_END
        + nodes("parallelGateway", "both", "together")
        + "".join(
            f'<exclusiveGateway id="{one}" default="{one}_to_x{one}"/>' + nodes("userTask", f"x{one}", f"y{one}")
            for one in gates
        )
    )
    paths = "s > both\ntogether > e\n" + "\n".join(
        f"both > {one} > x{one} > together\n{one} > y{one} > together" for one in gates
    )

    assert "deadlock" not in codes(diagram(elements, paths, {f"{one}_to_y{one}": "true" for one in gates}))


def test_a_call_after_a_person_acted_may_come_back() -> None:
    content = diagram(START_END + nodes("userTask", "a") + '<callActivity id="c" calledElement="p"/>', "s > a > c > e")

    assert refused(content) == []


def test_two_processes_that_call_each_other_at_once_never_rest() -> None:
    one = diagram(f'{START_END}<callActivity id="c" calledElement="q"/>', "s > c > e")
    other = diagram(f'{START_END}<callActivity id="d" calledElement="p"/>', "s > d > e", process_id="q")

    assert [p.code for p in check({"p.bpmn": one, "q.bpmn": other})] == ["calls_itself", "calls_itself"]


ROUND = nodes("userTask", "ask", "wait")
"""Two tasks that follow each other for ever."""


def test_a_circle_may_be_left_by_a_terminate_end_event_beside_it() -> None:
    stop = '<endEvent id="stop"><terminateEventDefinition/></endEvent>'
    elements = nodes("startEvent", "s") + nodes("parallelGateway", "both") + nodes("userTask", "a") + ROUND + stop

    assert refused(diagram(elements, "s > both > ask > wait > ask\nboth > a > stop")) == []


def test_a_circle_in_a_subprocess_may_be_left_by_its_border() -> None:
    inner = nodes("startEvent", "i") + ROUND + arrows("i > ask > wait > ask")
    clock = (
        '<boundaryEvent id="late" attachedToRef="sub"><timerEventDefinition><timeDuration>P1D</timeDuration>'
        "</timerEventDefinition></boundaryEvent>"
    )

    assert refused(diagram(f'{START_END}<subProcess id="sub">{inner}</subProcess>{clock}', "s > sub\nlate > e")) == []


def test_a_process_that_its_caller_stops_needs_no_end() -> None:
    clock = (
        '<boundaryEvent id="late" attachedToRef="c"><timerEventDefinition><timeDuration>P1D</timeDuration>'
        "</timerEventDefinition></boundaryEvent>"
    )
    caller = diagram(f'{START_END}<callActivity id="c" calledElement="q"/>{clock}', "s > c\nlate > e")
    called = diagram(nodes("startEvent", "i") + ROUND, "i > ask > wait > ask", process_id="q")

    assert [p.code for p in check({"p.bpmn": caller, "q.bpmn": called}) if p.severity == "cannot_run"] == []


def test_an_event_sub_process_needs_no_arrow_onwards() -> None:
    handler = (
        '<subProcess id="handler" triggeredByEvent="true"><startEvent id="danger" isInterrupting="false">'
        '<messageEventDefinition messageRef="danger_message"/></startEvent>'
        + nodes("userTask", "help")
        + nodes("endEvent", "helped")
        + arrows("danger > help > helped")
        + "</subProcess>"
    )
    declared = '<message id="danger_message" name="danger"/>'
    drawn = diagram(START_END + nodes("userTask", "t") + arrows("s > t > e") + handler, root=declared)
    found = check({"p.bpmn": drawn, "mechanism.toml": b""})
    assert "path_without_end" not in [problem.code for problem in found]
