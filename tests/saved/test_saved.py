"""A case saved by any version opens in this one and runs to its end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.execution import DamagedSnapshot
from engine.execution.snapshot import FORMAT
from tests.engine.execution.stage import Around, Stage
from tests.saved.collection import SAVED

every_format = pytest.mark.parametrize("folder", SAVED, ids=lambda folder: folder.name)


def opened(folder: Path) -> tuple[Stage, dict[str, Any]]:
    """The case as a new process finds it: from stored files and bytes alone."""
    stage = Stage(reloads=True)
    stage.files = {file.name: file.read_bytes() for file in sorted((folder / "release").iterdir())}
    stage.around = Around({})
    stage.instance = stage.mechanism().restore((folder / "state.bin").read_bytes(), stage.around)
    return stage, json.loads((folder / "story.json").read_text(encoding="utf-8"))


def test_todays_format_is_in_the_collection() -> None:
    assert f"format_{FORMAT}" in [folder.name for folder in SAVED]


@every_format
def test_what_waited_waits_still(folder: Path) -> None:
    stage, story = opened(folder)
    assert stage.open == story["waiting"]


@every_format
def test_it_runs_to_its_end(folder: Path) -> None:
    stage, story = opened(folder)
    for act, element, given in story["to_do"]:
        getattr(stage, act)(element, **given)
    assert (stage.instance.state, stage.instance.variables["rounds"]) == ("completed", story["rounds"])


@every_format
def test_bytes_of_no_known_format_are_refused(folder: Path) -> None:
    stage, _ = opened(folder)
    with pytest.raises(DamagedSnapshot, match="expected a snapshot of format"):
        stage.mechanism().restore(b"\xff" + (folder / "state.bin").read_bytes()[1:], stage.around)
