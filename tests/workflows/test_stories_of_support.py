"""The stories of shelter and services go as told, and together take every element, flow, clock and table row."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.execution import load
from engine.rehearsal.coverage import Coverage
from engine.rehearsal.scenario import Scenario
from engine.rehearsal.stories import directory_in, scenarios_in, tell
from engine.releases import read_folder

FOLDERS = ("shelter", "services")
FILES = {
    name: content
    for name, content in read_folder(Path(__file__).parents[2] / "workflows").items()
    if "/" not in name or name.split("/")[0] in FOLDERS
}
STORIES = scenarios_in(FILES)
DIRECTORY = directory_in(FILES)


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return Coverage(load(FILES))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_a_story_goes_as_told(story: Scenario, coverage: Coverage) -> None:
    told = tell(story, coverage.recording(), DIRECTORY)
    coverage.add(told.rehearsal)
    assert told.problem is None


def test_the_stories_take_everything(coverage: Coverage) -> None:
    for story in STORIES:
        coverage.add(tell(story, coverage.recording(), DIRECTORY).rehearsal)
    assert coverage.missed() == []
