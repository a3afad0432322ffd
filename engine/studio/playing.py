"""Playing a release by hand: its processes on invented people, step by step, with a clock that one moves oneself.

What was done so far is a list of steps as a scenario has them; each page plays it from the beginning. So a step back is
a shorter list, nothing of it is kept anywhere, and it is saved as a story as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import yaml

from engine.access import Actor, NotFound
from engine.clock import MovableClock
from engine.errors import Refusal
from engine.execution import Position, Process
from engine.persistence import release_rows
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.scenario import Scenario, act, begin
from engine.rehearsal.views import Instance, WaitingTask
from engine.rehearsal.world import World
from engine.releases import digest_of
from engine.studio import drafts
from engine.studio.stories import stage
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

Steps = Sequence[Mapping[str, Any]]
LONGEST = 400
"""Steps of one play: more is a mistake, and would take longer and longer."""


class TooLong(Refusal):
    sentence = Text("A play has at most {limit} steps.", "الحد الأقصى للخطوات {limit}.")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs: the next one may be let fire."""

    name: Text
    due_at: datetime


@dataclass(slots=True)
class Play:
    """Where a play has come to. `problem`: why its last step could not be taken."""

    rehearsal: Rehearsal
    process: Process
    one: Instance
    starts: datetime
    steps: list[Mapping[str, Any]]
    problem: Text | None = None

    @property
    def now(self) -> datetime:
        return self.rehearsal.clock.now()

    @property
    def tasks(self) -> list[WaitingTask]:
        """The tasks to do, of several of one step the first: they are done one after the other."""
        return list({task.element: task for task in reversed(self.rehearsal.tasks)}.values())[::-1]

    @property
    def held(self) -> list[WaitingTask]:
        return self.rehearsal.held

    @property
    def clocks(self) -> list[Clock]:
        return [Clock(one.element.name or Text(one.element.id), one.due_at) for one in self.rehearsal.timers]

    @property
    def messages(self) -> list[str]:
        """Names of the messages that something waits for."""
        catches = [catch for live in self.rehearsal.live() for catch in live.catches]
        return sorted({catch.name for catch in catches if catch.kind == "message"})

    def positions(self) -> list[Position]:
        """Where tokens stand, and what they have passed, in every process that goes on."""
        return [position for live in self.rehearsal.live() for position in live.positions()]


def processes(ihala: Ihala, actor: Actor, release_id: str) -> list[Process]:
    """What can be played. Raises `NotAllowed`, `NotFound`, `CannotRun`."""
    return list(_mechanism(ihala, actor, release_id)[0].processes.values())


def played(ihala: Ihala, actor: Actor, release_id: str, process_id: str, starts: datetime, steps: Steps) -> Play:
    """Play the steps from the beginning; a step that cannot be taken is left out and named.

    Raises `NotAllowed`, `NotFound`, `CannotRun`, `TooLong`, or what keeps the process from beginning.
    """
    if len(steps) > LONGEST:
        raise TooLong(limit=LONGEST)
    mechanism, directory = _mechanism(ihala, actor, release_id)
    if process_id not in mechanism.processes:
        raise NotFound
    rehearsal = Rehearsal(mechanism, MovableClock(starts), World(directory))
    scenario = Scenario("play", mechanism.processes[process_id].name, process_id, starts, {}, tuple(steps))
    one = begin(scenario, rehearsal)
    play = Play(rehearsal, mechanism.processes[process_id], one, starts, [])
    for number, step in enumerate(steps, 1):
        try:
            act(rehearsal, one, step, number)
        except Refusal as refusal:
            play.problem = refusal.text
            break
        play.steps.append(step)
    return play


def answered(element: str, values: Mapping[str, object]) -> dict[str, Any]:
    """The step in which somebody completes a task with these answers."""
    return {"do": element, "answers": {name: _plain(value) for name, value in values.items() if value is not None}}


def save_as_story(ihala: Ihala, actor: Actor, draft_id: str, play: Play, title: Text, name: str) -> str:
    """Keep the play as a story of one's own draft, which ends as it stands now; its path.

    Raises as `drafts.add_file` does.
    """
    folder = play.process.file.rpartition("/")[0]
    path = f"{folder}/scenarios/{name}.yaml" if folder else f"scenarios/{name}.yaml"
    expected: dict[str, Any] = {"state": play.one.state}
    if play.tasks:
        expected["open"] = sorted({task.element for task in play.tasks})
    story = {
        "title": {"en": title.en, "ar": title.ar},
        "process": play.process.id,
        "starts": play.starts.isoformat(),
        "variables": {},
        "steps": [*map(dict, play.steps), {"expect": expected}],
    }
    written = yaml.safe_dump(story, allow_unicode=True, sort_keys=False, width=150)
    drafts.add_file(ihala, actor, draft_id, path, written.encode("utf-8"))
    return path


def _mechanism(ihala: Ihala, actor: Actor, release_id: str) -> tuple[Any, Any]:
    with ihala.database.reading() as tx:
        drafts.seen(ihala, tx, actor, release_id)
        files, _ = release_rows.files(tx, release_id)
    return stage(digest_of(files), tuple(files.items()))


def _plain(value: object) -> Any:
    """An answer as a story writes it: numbers, words, moments as text."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
