"""Stories are read from files, played, and told apart where they differ."""

from datetime import UTC, datetime

import pytest

from engine.rehearsal import Rehearsal, rehearse
from engine.rehearsal.scenario import ScenarioUnreadable, StoryDiffers, play, read
from engine.rehearsal.views import NoSuchBeginning
from tests.engine.execution.diagrams import diagram, element, end, start, user
from tests.engine.rehearsal.test_rehearsal import TWO_PEOPLE

STORY = """
title: {en: "A case is closed", ar: "إغلاق ملف"}
process: closing
starts: 2026-03-01T09:00:00+02:00
steps:
- do: propose
- wait: P1D
- do: approve
  as: chief
expect: {state: completed, passed: [approve]}
"""


def told(story: str) -> str:
    scenario = read("story.yaml", story.encode())
    return play(scenario, rehearse(TWO_PEOPLE, now=scenario.starts)).state


def test_a_story_goes_as_told() -> None:
    assert told(STORY) == "completed"


def test_a_story_starts_at_its_own_hour() -> None:
    assert read("story.yaml", STORY.encode()).starts == datetime(2026, 3, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changed", "into"),
    [
        ("passed: [approve]", "passed: [reject]"),
        ("- do: propose", "- do: approve"),
        ("as: chief", "as: worker"),
        ("state: completed", "state: running"),
    ],
)
def test_a_story_that_goes_otherwise_differs(changed: str, into: str) -> None:
    with pytest.raises(StoryDiffers):
        told(STORY.replace(changed, into))


@pytest.mark.parametrize(
    "broken",
    [
        "- a list",
        STORY.replace("process: closing\n", ""),
        STORY.replace("- wait: P1D", "- dance: P1D"),
        STORY.replace("+02:00", ""),
        STORY.replace("passed:", "pased:"),
        STORY.replace("{state: completed, passed: [approve]}", "[state]"),
        STORY.replace("- wait: P1D", "- send: answer"),
        STORY.replace("- wait: P1D", "- send: {payload: {}}"),
        STORY.replace("- wait: P1D", "- signal: {}"),
        STORY.replace("- wait: P1D", "- world: [matches]"),
        "title: [",
    ],
)
def test_what_is_no_story_is_refused(broken: str) -> None:
    with pytest.raises(ScenarioUnreadable):
        read("story.yaml", broken.encode())


def test_a_step_that_the_engine_refuses_is_named() -> None:
    with pytest.raises(StoryDiffers) as differs:
        told(STORY.replace("- wait: P1D", "- wait: soon("))
    assert differs.value.step == 2


def test_what_a_story_expects_is_said_in_arabic() -> None:
    with pytest.raises(StoryDiffers) as differs:
        told(STORY.replace("state: completed", "state: running"))
    assert differs.value.text.ar == (
        "الخطوة 4 من القصة تختلف: المتوقع حالة الإجراء: \u2068جارية\u2069، والموجود منتهية."
    )


SEVERAL = {
    "p.bpmn": diagram(
        "p",
        start(),
        user("ask", '<multiInstanceLoopCharacteristics ihala:collection="[1, 2, 3]" ihala:item="office"/>'),
        end(),
        '<sequenceFlow id="a" sourceRef="s" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="e"/>',
    )
}
BEGUN = {
    "p.bpmn": diagram(
        "p",
        start(),
        start("came", '<messageEventDefinition messageRef="m"/>'),
        user("ask"),
        end(),
        '<sequenceFlow id="a" sourceRef="s" targetRef="e"/><sequenceFlow id="b" sourceRef="came" targetRef="ask"/>'
        '<sequenceFlow id="c" sourceRef="ask" targetRef="e"/>',
        declared='<message id="m" name="letter"/>',
    )
}
SUNDAY = "title: x\nprocess: p\nstarts: '2026-03-01T09:00:00+02:00'\n"


def played(files: dict[str, bytes], story: str) -> Rehearsal:
    scenario = read("story.yaml", f"{SUNDAY}{story}".encode())
    rehearsal = rehearse(files, now=scenario.starts)
    play(scenario, rehearsal)
    return rehearsal


def test_one_of_several_tasks_is_named_by_what_it_sees() -> None:
    left = played(SEVERAL, "steps: [{do: ask, where: {office: 2}}]").tasks
    assert [task.variables["office"] for task in left] == [1, 3]


def test_one_of_several_tasks_is_named_by_its_number() -> None:
    left = played(SEVERAL, "steps: [{do: ask, number: 3}]").tasks
    assert [task.variables["office"] for task in left] == [1, 2]


def test_a_task_of_a_number_that_is_not_there_differs() -> None:
    with pytest.raises(StoryDiffers):
        played(SEVERAL, "steps: [{do: ask, number: 4}]")


def test_working_days_pass_by_the_calendar() -> None:
    now = played(SEVERAL, "steps: [{wait: P5D, working: true}]").clock.now()
    assert now == datetime(2026, 3, 8, 13, tzinfo=UTC)


def test_a_story_begins_at_a_start_event_with_what_came() -> None:
    rehearsal = played(BEGUN, "begins: {at: came, payload: {from: ministry}}\nsteps: []")
    assert (rehearsal.tasks[0].element, rehearsal.tasks[0].variables["came"]) == ("ask", {"from": "ministry"})


@pytest.mark.parametrize("beginning", ["begins: {at: nowhere}\n", "process: nothing\n"])
def test_a_story_that_begins_nowhere_is_refused(beginning: str) -> None:
    with pytest.raises(NoSuchBeginning):
        played(BEGUN, f"{beginning}steps: []")


@pytest.mark.parametrize("step", ["until: soon", "until: '2026-02-01T09:00:00+02:00'", "wait: P21Y", "wait: P90000D"])
def test_a_clock_that_cannot_be_moved_so_is_named(step: str) -> None:
    with pytest.raises(StoryDiffers):
        played(SEVERAL, f"steps: [{{{step}}}]")


@pytest.mark.parametrize(
    "broken",
    [
        "steps: [{do: [ask]}]",
        "steps: [{do: ask, answers: [1]}]",
        "steps: [{do: ask, where: yes}]",
        "steps: [{do: ask, number: 0}]",
        "steps: [{do: ask, number: true}]",
        "steps: [{do: ask, wait: P1D}]",
        "steps: [{do: ask, dances: true}]",
        "steps: [{world: {matches: many}}]",
        "steps: [{send: {message: letter, payload: [1]}}]",
        "steps: {do: ask}",
        "begins: {payload: {}}\nsteps: []",
        "variables: [1]\nsteps: []",
        "steps: [{do: ask, answers: {a: " + "[" * 20 + "]" * 20 + "}}]",
    ],
)
def test_a_step_of_another_shape_is_refused(broken: str) -> None:
    with pytest.raises(ScenarioUnreadable):
        read("story.yaml", f"{SUNDAY}{broken}".encode())


def test_a_clock_that_repeats_without_end_is_refused() -> None:
    every_minute = "<timerEventDefinition><timeCycle>R/PT1M</timeCycle></timerEventDefinition>"
    late = element("boundaryEvent", "late", every_minute, attachedToRef="ask", cancelActivity="false")
    paths = '<sequenceFlow id="a" sourceRef="s" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="e"/>'
    told = '<sequenceFlow id="c" sourceRef="late" targetRef="told"/>'
    files = {"p.bpmn": diagram("p", start(), user("ask"), end(), late, end("told"), paths, told)}
    with pytest.raises(StoryDiffers) as differs:
        played(files, "steps: [{wait: P2D}]")
    assert "1000 clocks" in differs.value.text.en


def test_what_happened_says_who_did_it() -> None:
    happened = played(SEVERAL, "steps: [{do: ask, as: judge, person: judge-7}]").happened
    assert [one.person for one in happened if one.element == "ask"] == ["judge-7"]
