"""Playing a release by hand: its processes on invented people, step by step, with a clock that one moves oneself.

What was done so far is a list of steps as a scenario has them; each page plays it from the beginning. So a step back is
a shorter list, nothing of it is kept anywhere, and it is saved as a story as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from engine.access import Actor
from engine.clock import MovableClock
from engine.errors import Refusal
from engine.execution import Beginning, Process
from engine.persistence import release_rows
from engine.rehearsal.recording import recording
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.scenario import act, begin
from engine.rehearsal.views import Instance
from engine.rehearsal.world import World
from engine.studio import drafts
from engine.studio.carrying import Plan
from engine.studio.choosing import Choice, choices
from engine.studio.happening import Decision, Line, Telling, standing
from engine.studio.scenery import Scenery, scenery
from engine.studio.telling import Told, beginning, in_words
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs: the next one may be let fire."""

    name: Text
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Awaited:
    """A message or signal that something waits for."""

    kind: str
    name: str
    words: Text
    """What people call the event that waits."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a play in words, from 1, and what followed from it; 0 is its beginning. `at`: when it was done."""

    number: int
    told: Told
    at: datetime
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Living:
    """A process that goes on: where its tokens stand, and what else they have passed."""

    process: Process
    active: list[str]
    passed: list[str]


@dataclass(slots=True)
class Play:
    """Where a play has come to. `problem`: why its last step could not be taken."""

    plan: Plan
    scenery: Scenery
    rehearsal: Rehearsal
    one: Instance
    turns: list[Turn] = field(default_factory=list)
    problem: Text | None = None

    @property
    def process(self) -> Process:
        return self.scenery.mechanism.processes[self.plan.process]

    @property
    def now(self) -> datetime:
        return self.rehearsal.clock.now()

    @property
    def tasks(self) -> list[Choice]:
        """The tasks to do, each of several of one step by itself."""
        return choices(self.rehearsal.tasks, self.scenery.vocabulary)

    @property
    def held(self) -> list[tuple[Text, str]]:
        """Names of the tasks that wait for a consent, with its purpose."""
        processes = self.scenery.mechanism.processes.values()
        purposes = {one.id: one.purpose for process in processes for one in process.elements.values()}
        return [(task.name, purposes[task.element]) for task in self.rehearsal.held]

    @property
    def clocks(self) -> list[Clock]:
        return [Clock(one.element.name or Text(one.element.id), one.due_at) for one in self.rehearsal.timers]

    @property
    def awaited(self) -> list[Awaited]:
        """The messages and signals that something waits for, each once."""
        catches = [catch for live in self.rehearsal.live() for catch in live.catches if catch.kind != "conditional"]
        found = {(catch.kind, catch.name): Awaited(catch.kind, catch.name, catch.element.name) for catch in catches}
        return [found[key] for key in sorted(found)]

    @property
    def living(self) -> list[Living]:
        """Every process in which a token stands, the one that was begun first; that one alone when all have ended."""
        positions = [position for live in self.rehearsal.live() for position in live.positions()]
        active = {position.process_id for position in positions if position.active}
        found = []
        for process in self.scenery.mechanism.processes.values():
            here = [position for position in positions if position.process_id == process.id]
            if process.id in active or (not active and process.id == self.plan.process):
                standing_at = [one.element for one in here if one.active]
                passed = [one.element for one in here if one.completed and not one.active]
                found.append(Living(process, standing_at, passed))
        return sorted(found, key=lambda one: one.process.id != self.plan.process)


def startable(ihala: Ihala, actor: Actor, release_id: str) -> list[tuple[Process, Beginning]]:
    """Every start event that can be played, by process, that without a trigger first.

    Raises `NotAllowed`, `NotFound`, `CannotRun`.
    """
    processes = opened(ihala, actor, release_id).mechanism.processes.values()
    found = [(process, one) for process in processes for one in process.beginnings]
    return sorted(found, key=lambda one: (one[0].file, one[0].id, one[1].kind != "none"))


def opened(ihala: Ihala, actor: Actor, release_id: str) -> Scenery:
    """What the release is played with. Raises `NotAllowed`, `NotFound`, `CannotRun`."""
    with ihala.database.reading() as tx:
        drafts.seen(ihala, tx, actor, release_id)
        files, _ = release_rows.files(tx, release_id)
    return scenery(files)


def played(ihala: Ihala, actor: Actor, release_id: str, plan: Plan) -> Play:
    """Play the plan from its beginning; a step that cannot be taken is left out with what follows, and named.

    Raises `NotAllowed`, `NotFound`, `CannotRun`, `TooLong`, `ScenarioUnreadable`, `NoSuchBeginning`.
    """
    return played_with(opened(ihala, actor, release_id), plan)


def played_with(stage: Scenery, plan: Plan) -> Play:
    """The same with what was opened before."""
    scenario = plan.scenario()
    decided: list[Decision] = []
    mechanism = recording(stage.mechanism, lambda name, rows: decided.append((name, rows)))
    rehearsal = Rehearsal(mechanism, MovableClock(plan.starts), World(stage.directory))
    telling = Telling(stage.mechanism, stage.rows, stage.vocabulary)
    before = standing(rehearsal, decided)
    one = begin(scenario, rehearsal)
    play = Play(plan.until(0), stage, rehearsal, one, problem=one.problem)
    play.turns.append(Turn(0, beginning(scenario, stage.words), play.now, telling.since(before, rehearsal, decided)))
    for number, step in enumerate(plan.steps if one.problem is None else (), 1):
        before = standing(rehearsal, decided)
        try:
            act(rehearsal, one, step, number)
        except Refusal as refusal:
            before_it = played_with(stage, play.plan)  # as it was before: part of the step may have happened
            before_it.problem = refusal.text
            return before_it
        play.plan = play.plan.then(step)
        told = in_words(step, play.now, stage.words, telling.doer(before, rehearsal))
        play.turns.append(Turn(number, told, play.now, telling.since(before, rehearsal, decided)))
    return play
