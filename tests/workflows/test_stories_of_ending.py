"""The stories of the formal decision and of reintegration go as told, and together take all of their diagrams."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.execution import load
from engine.rehearsal.coverage import Coverage
from engine.rehearsal.scenario import Scenario
from engine.rehearsal.stories import directory_in, scenarios_in, tell
from engine.releases import read_folder

OURS = {"formal_decision", "formal_ruling", "formal_negative", "bid_required", "return_option"}
OURS |= {"reintegration", "return_path", "best_interests", "assisted_return", "asylum_access", "follow_up", "closure"}
FILES = read_folder(Path(__file__).parents[2] / "workflows")
STORIES = [one for one in scenarios_in(FILES) if one.process in OURS]
DIRECTORY = directory_in(FILES)


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return Coverage(load(FILES))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_goes_as_told(story: Scenario, coverage: Coverage) -> None:
    told = tell(story, coverage.recording(), DIRECTORY)
    coverage.add(told.rehearsal)
    assert told.problem is None


def test_the_stories_take_everything_of_their_diagrams(coverage: Coverage) -> None:
    for story in STORIES:
        coverage.add(tell(story, coverage.recording(), DIRECTORY).rehearsal)
    assert [one for one in coverage.missed() if one.where in OURS] == []
