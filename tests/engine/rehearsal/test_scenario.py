"""Stories are read from files, played, and told apart where they differ."""

from datetime import UTC, datetime

import pytest

from engine.rehearsal import rehearse
from engine.rehearsal.scenario import ScenarioUnreadable, StoryDiffers, play, read
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
