"""What followed from a step: decisions with the row that decided, escalations, messages."""

from __future__ import annotations

import itertools
from typing import Any

from engine.studio.carrying import Plan
from engine.studio.playing import Play, played_with
from engine.studio.scenery import scenery
from tests.engine.execution.diagrams import diagram, element, end, start, user
from tests.web.conftest import NOW

TABLE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
<inputData id="age_in" name="age"/><decision id="risk" name="Risk">
<informationRequirement><requiredInput href="#age_in"/></informationRequirement>
<decisionTable id="t" hitPolicy="UNIQUE">
<input id="i"><inputExpression id="ie"><text>age</text></inputExpression></input><output id="o" name="level"/>
<rule id="young">
<inputEntry id="a"><text>&lt; 18</text></inputEntry><outputEntry id="b"><text>"high"</text></outputEntry></rule>
<rule id="old">
<inputEntry id="c"><text>&gt;= 18</text></inputEntry><outputEntry id="e"><text>"low"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


def flow(*ids: str) -> str:
    """The arrows from each to the next."""
    pairs = itertools.pairwise(ids)
    return "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


def play(files: dict[str, bytes], *steps: dict[str, Any], **variables: object) -> Play:
    return played_with(scenery(files), Plan("p", NOW, dict(variables)).then(*steps))


def said(one: Play, turn: int = -1) -> list[str]:
    return [line.text.en for line in one.turns[turn].lines]


def test_a_decision_says_which_row_decided() -> None:
    decide = element("businessRuleTask", "assess", ihala_decision="risk")
    files = {
        "p.bpmn": diagram("p", start(), user("ask"), decide, end(), flow("s", "ask", "assess", "e")),
        "r.dmn": TABLE,
    }
    one = play(files, {"do": "ask"}, age=15)
    assert said(one)[0] == 'The table “Risk” decided. Row 1: < 18 → "high"'


def test_an_escalation_is_told_where_it_is_caught() -> None:
    throw = element("intermediateThrowEvent", "warn", '<escalationEventDefinition escalationRef="x"/>', name="Warn")
    inside = element(
        "subProcess", "work", start("is"), throw, user("go_on"), end("ie"), flow("is", "warn", "go_on", "ie")
    )
    caught = element(
        "boundaryEvent",
        "warned",
        '<escalationEventDefinition escalationRef="x"/>',
        attachedToRef="work",
        cancelActivity="false",
        name="Warned",
    )
    declared = '<escalation id="x" name="x" escalationCode="x"/>'
    paths = flow("s", "work", "e") + flow("warned", "told")
    files = {"p.bpmn": diagram("p", start(), inside, caught, end(), end("told"), paths, declared=declared)}
    found = said(play(files), 0)
    assert "It was escalated: “Warned”" in found
    assert "It escalates: “Warn”" in found


def test_a_message_is_told_when_it_comes() -> None:
    catch = element("intermediateCatchEvent", "reply", '<messageEventDefinition messageRef="m"/>', name="Reply")
    declared = '<message id="m" name="letter"/>'
    files = {
        "p.bpmn": diagram("p", start(), catch, user("ask"), end(), flow("s", "reply", "ask", "e"), declared=declared)
    }
    one = play(files, {"send": {"message": "letter", "payload": {"n": 3}}})
    assert said(one) == ["A message has come: “Reply”", "“ask” now waits for: anybody"]
    assert [(two.kind, two.name, two.words.en) for two in play(files).awaited] == [("message", "letter", "Reply")]


def test_a_task_that_is_taken_away_is_told() -> None:
    late = element(
        "boundaryEvent", "late", "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
    )
    late = late.replace("<boundaryEvent", '<boundaryEvent attachedToRef="ask" name="Late"')
    files = {
        "p.bpmn": diagram(
            "p", start(), user("ask"), late, end(), end("gone"), flow("s", "ask", "e"), flow("late", "gone")
        )
    }
    assert said(play(files, {"wait": "P1D"}))[:2] == ["The clock “Late” has run out", "“ask” is withdrawn"]


def test_the_process_that_is_called_has_a_diagram_of_its_own() -> None:
    call = element("callActivity", "call", calledElement="q")
    called = diagram("q", start("qs"), user("answer"), end("qe"), flow("qs", "answer", "qe"))
    files = {"p.bpmn": diagram("p", start(), call, end(), flow("s", "call", "e")), "q.bpmn": called}
    assert [(living.process.id, living.active) for living in play(files).living] == [("p", ["call"]), ("q", ["answer"])]
