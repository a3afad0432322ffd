"""The normaliser changes only what must change, names whom new elements stand for, and is settled after one turn."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine.errors import CannotRun
from engine.execution.checking.check import check
from engine.execution.normalising.rewriting import NORMALISER_VERSION, normalise
from engine.execution.xml import Element, bpmn, local_name, parse

from .drawing import diagram, nodes

BROKEN = Path(__file__).parent.parent / "broken"
HANDLER = (
    '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="false">'
    '<signalEventDefinition signalRef="alarm"/><timerEventDefinition><timeDuration>P1D</timeDuration>'
    "</timerEventDefinition></startEvent></subProcess>"
)
STOP = (
    '<subProcess id="k" triggeredByEvent="true"><startEvent id="ks">'
    '<messageEventDefinition messageRef="call"/></startEvent><endEvent id="ke"/>'
    '<sequenceFlow id="k1" sourceRef="ks" targetRef="ke"/></subProcess>'
)
ROOT = '<signal id="alarm" name="alarm"/><message id="call" name="call"/>'
MANY = diagram(
    nodes("startEvent", "Start") + nodes("userTask", "a", "b", "c") + HANDLER + STOP
    + '<laneSet id="who"><lane id="officer"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    + '<endEvent id="e"><signalEventDefinition signalRef="alarm"/><terminateEventDefinition/></endEvent>',
    "Start > a > b > e\na > c",
    {"a_to_c": "b.urgent"},
    ROOT,
)  # fmt: skip
"""One diagram that needs most rewritings."""
PLAIN = diagram(
    nodes("startEvent", "s") + nodes("userTask", "a") + nodes("endEvent", "e"),
    "s > a > e",
)
RUNNABLE = {
    path.stem: path.read_bytes()
    for path in sorted(BROKEN.rglob("*.bpmn"))
    if not any(one.severity == "cannot_run" for one in check({path.name: path.read_bytes()}))
}


def ids(content: bytes) -> Counter[str]:
    return Counter(element.get("id") or "" for element in parse(content, "").iter() if element.get("id"))


def find(content: bytes, element_id: str) -> Element:
    return next(element for element in parse(content, "").iter() if element.get("id") == element_id)


@pytest.mark.parametrize("content", [MANY, PLAIN, *RUNNABLE.values()], ids=["many", "plain", *RUNNABLE])
def test_normalising_twice_changes_nothing(content: bytes) -> None:
    once = normalise(content).xml

    assert normalise(once).xml == once


@pytest.mark.parametrize("content", [MANY, PLAIN, *RUNNABLE.values()], ids=["many", "plain", *RUNNABLE])
def test_every_new_element_leads_back_to_one_of_the_author(content: bytes) -> None:
    normalised = normalise(content)
    author = set(ids(content))

    assert {normalised.author_id(one) for one in ids(normalised.xml)} <= author


def test_no_id_is_given_twice() -> None:
    assert [one for one, count in ids(normalise(MANY).xml).items() if count > 1] == []


def test_the_authors_flows_keep_their_ids() -> None:
    assert {"Start_to_a", "a_to_b", "b_to_e", "a_to_c"} <= set(ids(normalise(MANY).xml))


def test_the_map_names_only_generated_elements() -> None:
    assert set(normalise(MANY).origin) == {one for one in ids(normalise(MANY).xml) if "::" in one}


def test_a_renamed_element_is_still_the_authors() -> None:
    assert normalise(MANY).author_element("Start::element") == "Start"


def test_a_generated_element_is_nobodys() -> None:
    assert normalise(MANY).author_element("a::split") is None


def test_a_plain_diagram_gets_no_new_elements() -> None:
    assert set(ids(normalise(PLAIN).xml)) == set(ids(PLAIN))


def test_lanes_stay_with_the_process() -> None:
    lane = find(normalise(MANY).xml, "officer")

    assert local_name(lane.getparent().getparent()) == "process"  # type: ignore[union-attr,arg-type]


def test_the_drawing_is_kept() -> None:
    di = (
        b'<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" id="d">'
        b'<bpmndi:BPMNPlane id="plane" bpmnElement="p"/></bpmndi:BPMNDiagram></definitions>'
    )

    assert find(normalise(PLAIN.replace(b"</definitions>", di)).xml, "plane").get("bpmnElement") == "p"


def test_incoming_and_outgoing_say_what_the_flows_say() -> None:
    task = find(normalise(PLAIN).xml, "a")

    assert [child.text for child in task] == ["s_to_a", "a_to_e"]


def test_a_process_that_does_not_say_so_is_executable() -> None:
    content = PLAIN.replace(b' isExecutable="true"', b"")

    assert find(normalise(content).xml, "p").get("isExecutable") == "true"


def test_a_pool_that_only_illustrates_is_left_as_it_is() -> None:
    other = b'<process id="q" isExecutable="false"><complexGateway id="g"/></process></definitions>'

    assert len(find(normalise(PLAIN.replace(b"</definitions>", other)).xml, "q")) == 1


def test_the_version_is_kept_beside_the_text() -> None:
    assert normalise(PLAIN).version == NORMALISER_VERSION


def test_no_event_subprocess_is_left() -> None:
    handlers = parse(normalise(MANY).xml, "").iter(bpmn("subProcess"))

    assert [one.get("id") for one in handlers if one.get("triggeredByEvent")] == []


REFUSED = [
    "compensation",
    "complex_gateway",
    "ad_hoc_sequential",
    "token_quantity",
    "repetition_events",
    "link_without_partner",
]


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_no_rewriting_is_refused_in_words(case: str) -> None:
    with pytest.raises(CannotRun) as refusal:
        normalise((BROKEN / f"{case}.bpmn").read_bytes(), f"{case}.bpmn")

    assert {problem.code for problem in refusal.value.problems} == {case}
