"""All stories of a mechanism's folder, played one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.clock import MovableClock
from engine.directory import Directory
from engine.directory import read as read_directory
from engine.errors import Refusal
from engine.execution import Mechanism
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.scenario import Scenario, StoryDiffers, play, read
from engine.rehearsal.world import World
from engine.text import Text

DIRECTORY = "directory.yaml"


@dataclass(frozen=True, slots=True)
class Told:
    """How one story went; `problem` is None where it went as told. `step`: at which one it did not, from 1."""

    scenario: Scenario
    rehearsal: Rehearsal
    problem: Text | None
    step: int | None = None


def scenarios_in(files: Mapping[str, bytes]) -> list[Scenario]:
    """Every scenario among the files, by name."""
    return [read(name, files[name]) for name in sorted(files) if "scenarios/" in name and name.endswith(".yaml")]


def directory_in(files: Mapping[str, bytes]) -> Directory:
    """Who takes part, where the files say so."""
    return read_directory(files[DIRECTORY]) if DIRECTORY in files else Directory()


def tell(scenario: Scenario, mechanism: Mechanism, directory: Directory) -> Told:
    """Play one story in a fresh world."""
    rehearsal = Rehearsal(mechanism, MovableClock(scenario.starts), World(directory))
    try:
        play(scenario, rehearsal)
    except StoryDiffers as differs:
        return Told(scenario, rehearsal, differs.text, differs.step)
    except Refusal as refusal:
        return Told(scenario, rehearsal, refusal.text)
    return Told(scenario, rehearsal, None)
