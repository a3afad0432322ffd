"""All stories of the mechanism, each played once for all tests, and what they have taken together."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from engine.errors import Refusal
from engine.execution import Mechanism, load
from engine.rehearsal.coverage import Coverage, Missed
from engine.rehearsal.scenario import Scenario, read
from engine.rehearsal.stories import directory_in, tell
from engine.releases import read_folder
from engine.text import Text

WORKFLOWS = Path(__file__).parents[2] / "workflows"
FILES = read_folder(WORKFLOWS)
NAMES = [name for name in sorted(FILES) if "/scenarios/" in name]
BY_THEIR_OWN_TEST = frozenset({"disclosure_scope"})
"""Tables no diagram asks: every row of them is tried in `test_tables_of_identification.py`."""


class Stories:
    """The stories played so far, each only once, and what they have taken."""

    def __init__(self) -> None:
        self.mechanism: Mechanism = load(FILES)
        self.coverage = Coverage(self.mechanism)
        self._recording, self._directory = self.coverage.recording(), directory_in(FILES)
        self._told: dict[str, Text | None] = {}

    def problem_of(self, name: str) -> Text | None:
        """Where the story differs from what it tells; None where it goes as told."""
        if name not in self._told:
            self._told[name] = self._play(name)
        return self._told[name]

    def missed(self) -> list[Missed]:
        """What no story takes, of everything that some process uses."""
        for name in NAMES:
            self.problem_of(name)
        return [one for one in self.coverage.missed() if one.where not in self._apart()]

    def summary(self) -> str:
        """One line for the end of a test run; empty where not every story was played."""
        if len(self._told) < len(NAMES):
            return ""
        parts = self._parts()
        taken = 1 - sum(len(one.what) for one in self.missed()) / parts
        return (
            f"Coverage of the mechanism: {taken:.1%} of {parts} elements, flows and table rows by {len(NAMES)} stories."
        )

    def _play(self, name: str) -> Text | None:
        try:
            told = tell(story(name), self._recording, self._directory)
        except Refusal as refusal:
            return refusal.text
        self.coverage.add(told.rehearsal)
        return told.problem

    def _apart(self) -> set[str]:
        return {self.mechanism.decisions[name].name.en for name in BY_THEIR_OWN_TEST}

    def _parts(self) -> int:
        drawn = sum(len(one.elements) + len(one.flows) for one in self.mechanism.processes.values())
        models = {id(model): model for name, model in self.mechanism.decisions.items() if name not in BY_THEIR_OWN_TEST}
        return drawn + sum(len(model.rules()) for model in models.values())


def story(name: str) -> Scenario:
    return read(name, FILES[name])


@cache
def stories() -> Stories:
    return Stories()
