"""A rehearsal runs diagrams in memory as cases run: roles, consents, messages, clocks, failures."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.directory import Directory, Organisation, Shelter
from engine.errors import CannotRun
from engine.rehearsal import Acting, Rehearsal, World, rehearse
from engine.rehearsal.acting import NotInRole
from engine.rehearsal.views import NotOneReceiver, NotWaiting
from engine.text import Text

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:ihala="urn:ihala:bpmn" targetNamespace="t">'
    '<message id="m" name="answer"/>'
)


def diagram(process: str, body: str, flows: str) -> dict[str, bytes]:
    """One process; `flows` is `a>b c>d`."""
    arrows = "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>'
        for a, b in (flow.split(">") for flow in flows.split())
    )
    xml = f'{HEAD}<process id="{process}" isExecutable="true">{body}{arrows}</process></definitions>'
    return {f"{process}.bpmn": xml.encode()}


TWO_PEOPLE = diagram(
    "closing",
    '<laneSet id="ls"><lane id="worker"><flowNodeRef>propose</flowNodeRef></lane><lane id="chief">'
    "<flowNodeRef>approve</flowNodeRef></lane></laneSet>"
    '<startEvent id="s"/><userTask id="propose"/><userTask id="approve" ihala:notBy="propose"/><endEvent id="e"/>',
    "s>propose propose>approve approve>e",
)
WAITING = diagram(
    "asking",
    '<startEvent id="s"/><intermediateCatchEvent id="answered"><messageEventDefinition messageRef="m"/>'
    '</intermediateCatchEvent><endEvent id="e"/>',
    "s>answered answered>e",
)


def begun(files: dict[str, bytes], process: str, world: World | None = None) -> Rehearsal:
    rehearsal = rehearse(files, now=NOW, world=world)
    rehearsal.start(process)
    return rehearsal


def test_the_wrong_role_may_not_complete_a_task() -> None:
    rehearsal = begun(TWO_PEOPLE, "closing")
    with pytest.raises(NotInRole):
        rehearsal.complete(rehearsal.tasks[0], acting=Acting("chief"))


def test_the_first_person_may_not_be_the_second() -> None:
    rehearsal = begun(TWO_PEOPLE, "closing")
    rehearsal.complete(rehearsal.tasks[0], acting=Acting("worker", person="noor"))
    with pytest.raises(NotInRole):
        rehearsal.complete(rehearsal.tasks[0], acting=Acting("chief", person="noor"))


def test_two_people_bring_it_to_its_end() -> None:
    rehearsal = begun(TWO_PEOPLE, "closing")
    rehearsal.complete(rehearsal.tasks[0], acting=Acting("worker", person="noor"))
    rehearsal.complete(rehearsal.tasks[0], acting=Acting("chief", person="salma"))
    assert rehearsal.instances[0].trace == ["s", "propose", "approve", "e"]


def test_a_completed_task_is_not_completed_twice() -> None:
    rehearsal = begun(TWO_PEOPLE, "closing")
    task = rehearsal.tasks[0]
    rehearsal.complete(task)
    with pytest.raises(NotWaiting):
        rehearsal.complete(task)


def test_a_message_reaches_the_one_that_waits() -> None:
    rehearsal = begun(WAITING, "asking")
    assert rehearsal.send("answer") is rehearsal.instances[0]


def test_a_message_for_two_is_refused() -> None:
    rehearsal = begun(WAITING, "asking")
    rehearsal.start("asking")
    with pytest.raises(NotOneReceiver):
        rehearsal.send("answer")


def test_a_message_nobody_waits_for_reaches_nobody() -> None:
    assert begun(TWO_PEOPLE, "closing").send("answer") is None


def test_clocks_fire_in_order_when_time_goes_on() -> None:
    timers = "".join(
        f'<intermediateCatchEvent id="{name}"><timerEventDefinition><timeDuration>{length}</timeDuration>'
        "</timerEventDefinition></intermediateCatchEvent>"
        for name, length in (("late", "PT3H"), ("early", "PT1H"))
    )
    body = f'<startEvent id="s"/><parallelGateway id="g"/>{timers}<endEvent id="e1"/><endEvent id="e2"/>'
    rehearsal = begun(diagram("clocks", body, "s>g g>late g>early late>e1 early>e2"), "clocks")
    rehearsal.advance(timedelta(hours=4))
    assert rehearsal.instances[0].trace == ["s", "g", "early", "e2", "late", "e1"]


def test_a_task_waits_for_the_consent_to_its_purpose() -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="g"/><userTask id="treat" ihala:purpose="health"/>'
        '<userTask id="ask"/><serviceTask id="record" ihala:operation="record_consent"><extensionElements>'
        '<ihala:input name="granted">["health"]</ihala:input></extensionElements></serviceTask>'
        '<endEvent id="e"/><endEvent id="e2"/>'
    )
    rehearsal = begun(diagram("care", body, "s>g g>treat g>ask ask>record record>e treat>e2"), "care")
    held = [task.element for task in rehearsal.held]
    rehearsal.complete(rehearsal.tasks[0])
    assert (held, [task.element for task in rehearsal.tasks]) == (["treat"], ["treat"])


def test_a_step_that_fails_leaves_the_world_as_it_was() -> None:
    body = (
        '<startEvent id="s"/><serviceTask id="hold" ihala:operation="reserve_bed"><extensionElements>'
        '<ihala:input name="shelter">"jasmine"</ihala:input></extensionElements></serviceTask>'
        '<exclusiveGateway id="g"/><endEvent id="e"/>'
        '<sequenceFlow id="never" sourceRef="g" targetRef="e"><conditionExpression>hold.reserved = false'
        "</conditionExpression></sequenceFlow>"
    )
    files = diagram("beds", body, "s>hold hold>g")
    jasmine = Organisation("jasmine", Text("Jasmine", "ياسمين"), "shelter", "C", frozenset())
    world = World(Directory({"jasmine": jasmine}, {"jasmine": Shelter("jasmine", True, 1, {})}))
    rehearsal = begun(files, "beds", world)
    assert (rehearsal.instances[0].state, len(rehearsal.world.free_beds("jasmine", NOW))) == ("failed", 1)


def test_what_cannot_run_is_refused_before_it_starts() -> None:
    with pytest.raises(CannotRun):
        rehearse({"broken.bpmn": b"<definitions"}, now=NOW)
