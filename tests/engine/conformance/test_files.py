"""Files as other tools export them, and files that nobody should accept."""

import pytest

from engine import CannotRun, check, rehearse

from .hands import HANDS, MODEL, Hand
from .playing import NOW, draw

CASE = """
    start s
    user a
    boundary b on a non timer PT1H
    sub w each xs as x into ys from y {
    start ws
    script v y = x + 1
    ws > v
    }
    xor g
    end e
    end f
    end h
    s > a > w > g
    g > e if count(ys) = 2
    g > f else
    b > h"""


def text(inside: str, head: str = f'xmlns="{MODEL}"') -> str:
    return f'<definitions {head} targetNamespace="t">{inside}</definitions>'


SIMPLE = text('<process id="p"><startEvent id="s" name="é"/></process>')
POOLS = text(
    '<collaboration id="c"><participant id="P" processRef="p"/><participant id="X" name="outside"/></collaboration>'
    '<dataStore id="ds"/><category id="k"><categoryValue id="kv" value="v"/></category><itemDefinition id="it"/>'
    '<process id="p"><laneSet id="ls"><lane id="l" name="Sales"><flowNodeRef>s</flowNodeRef></lane></laneSet>'
    '<startEvent id="s"/><userTask id="a"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/>'
    '<dataStoreReference id="r" dataStoreRef="ds"/><textAnnotation id="t"><text>note</text></textAnnotation>'
    '<association id="as" sourceRef="a" targetRef="t"/><group id="gr" categoryValueRef="kv"/></process>'
)


def refusals(content: bytes) -> list[str]:
    return [problem.text.en for problem in check({"p.bpmn": content}) if problem.severity == "cannot_run"]


@pytest.mark.parametrize("hand", HANDS, ids=lambda hand: hand.name)
def test_every_modeler_writes_a_diagram_that_runs_the_same(hand: Hand):
    rehearsal = rehearse({"p.bpmn": draw(CASE, hand=hand)}, now=NOW)
    one = rehearsal.start("p", {"xs": [1, 2]})
    rehearsal.complete(rehearsal.tasks[0])
    assert one.trace == ["s", "a", "ws", "v", "w", "ws", "v", "w", "g", "e"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_may_have_any_common_encoding(encoding: str):
    assert refusals(SIMPLE.encode(encoding)) == []


def test_a_file_may_say_its_encoding():
    assert refusals(b'<?xml version="1.0" encoding="ISO-8859-1"?>' + SIMPLE.encode("latin-1")) == []


def test_pools_lanes_notes_and_stores_do_not_stop_a_process():
    rehearsal = rehearse({"p.bpmn": POOLS.encode()}, now=NOW)
    rehearsal.start("p")
    assert [task.element for task in rehearsal.tasks] == ["a"]


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nonsense",
        "<definitions>",
        "<html/>",
        '<definitions><process id="p"><startEvent id="s"/></process></definitions>',
        ENTITIES + SIMPLE.replace("é", "&b;"),
        OUTSIDE + SIMPLE.replace("é", "&a;"),
        text('<choreography id="c"/>'),
        text('<process id="p"/>'),
        text('<process id="p"><startEvent id="s"/><banana id="b"/></process>'),
        text('<process id="p" isExecutable="false"><startEvent id="s"/></process>'),
        text('<process id="p">' + '<subProcess id="w">' * 300 + "</subProcess>" * 300 + "</process>"),
    ],
    ids=["empty", "text", "unclosed", "html", "namespace", "bomb", "reach", "choreography", "blank", "unknown", "drawn",
         "deep"],
)  # fmt: skip
def test_a_file_nobody_should_accept_is_refused_in_words(content: str):
    assert refusals(content.encode())


def test_nothing_that_is_refused_can_be_loaded():
    with pytest.raises(CannotRun):
        rehearse({"p.bpmn": b"nonsense"}, now=NOW)


DMN = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">
<decision id="dish" name="Dish"><variable name="Dish"/><informationRequirement><requiredInput href="#season"/>
</informationRequirement><decisionTable hitPolicy="UNIQUE"><input><inputExpression><text>season</text>
</inputExpression></input><output/><rule><inputEntry><text>"Winter"</text></inputEntry><outputEntry><text>"Stew"</text>
</outputEntry></rule><rule><inputEntry><text>"Summer"</text></inputEntry><outputEntry><text>"Salad"</text>
</outputEntry></rule></decisionTable></decision><inputData id="season" name="season"><variable name="season"/>
</inputData></definitions>"""


@pytest.mark.parametrize(("season", "way"), [("Winter", "e"), ("Summer", "f")])
def test_a_business_rule_task_asks_the_decision_beside_it(season: str, way: str):
    diagram = 'start s\n rule dish\n xor g\n end e\n end f\n s > dish > g\n g > e if dish = "Stew"\n g > f else'
    rehearsal = rehearse({"p.bpmn": draw(diagram), "dish.dmn": DMN}, now=NOW)
    assert rehearsal.start("p", {"season": season}).trace == ["s", "dish", "g", way]
