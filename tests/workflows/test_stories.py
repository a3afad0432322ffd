"""Every story of the mechanism goes as told, and together they take every element, flow, clock and table row."""

from __future__ import annotations

import pytest

from engine.demonstration.histories import tellable
from tests.workflows.stories import NAMES, stories, story


@pytest.mark.parametrize("name", NAMES)
def test_a_story_goes_as_told(name: str) -> None:
    assert stories().problem_of(name) is None


def test_the_stories_take_everything() -> None:
    assert stories().missed() == []


def test_every_clock_runs_out_in_some_story() -> None:
    timers = {
        (process.id, element.id)
        for process in stories().mechanism.processes.values()
        for element in process.elements.values()
        if element.is_deadline
    }
    stories().missed()
    assert timers - stories().coverage.taken.fired == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_story_has_a_title_in_both_languages(name: str) -> None:
    title = story(name).title
    assert all((title.en, title.ar))


def test_the_demonstration_has_whole_paths_to_play() -> None:
    whole = [one.name for one in tellable([story(name) for name in NAMES], "national_referral")]
    assert {name.rpartition("/")[2] for name in whole} >= {"woman_to_closure.yaml", "girl_to_closure.yaml"}
