"""The real mechanism in a database, with everybody of its directory, and stories told in it: synthetic people only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import Any

from engine.access import Actor
from engine.application import Ihala, open_ihala
from engine.cases import open_case
from engine.clock import MovableClock
from engine.completing import SecondPersonNeeded
from engine.deliveries import Deliver
from engine.demonstration import people, places
from engine.demonstration.histories import History
from engine.demonstration.people import Person
from engine.persistence import Row, case_rows, clock_rows, item_rows, team_rows
from engine.rehearsal.scenario import Scenario
from engine.rehearsal.stories import directory_in, scenarios_in
from engine.releases import current_release, install
from engine.settings import Settings
from engine.step import Doer
from engine.steps import take_step
from engine.tasks import complete_task
from engine.timers import Fire

WORKFLOWS = Path(__file__).parents[3] / "workflows"
TASK_TAKES = timedelta(minutes=10)
Answers = Mapping[str, Mapping[str, object]]
Step = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Told:
    """A case in which a story has been told so far; its own clock runs in `ihala`."""

    ihala: Ihala
    clock: MovableClock
    land: Land
    case_id: str

    def do(self, task: str, **answers: object) -> None:
        """Complete the open task of that name as somebody in its seat, a while after the one before."""
        self.wait(TASK_TAKES)
        item = self.item(task, "open")
        for one in self.land.holders(item.role, item.organisation_id):
            if item.assignee_id in (None, one.account_id):
                try:
                    complete_task(self.ihala, one, item.id, answers)
                except SecondPersonNeeded:
                    continue
                return
        raise LookupError(f"nobody in {item.organisation_id} can do {task}")

    def report(self, sent: object) -> None:
        """Something that happened to the case, as a story sends it; the case waits for it."""
        if isinstance(sent, Mapping):
            with self.ihala.database.reading() as tx:
                caught = [one for one in clock_rows.catches_of_case(tx, self.case_id) if one.name == sent["message"]]
            take_step(self.ihala, self.case_id, Deliver(caught[0].id, caught[0].name, {}), Doer())

    def wait(self, length: timedelta) -> None:
        """Let time go by for this case alone, firing its clocks in order."""
        end = self.clock.now() + length
        while first := self._next_clock(end):
            self.clock.move_to(max(self.clock.now(), first.due_at))
            take_step(self.ihala, self.case_id, Fire(first.id), Doer())
        self.clock.move_to(end)

    def _next_clock(self, end: datetime) -> Row[Any] | None:
        with self.ihala.database.reading() as tx:
            return next((one for one in clock_rows.of_case(tx, self.case_id) if one.due_at <= end), None)

    def item(self, element: str, *statuses: str) -> Row[Any]:
        """The latest item of that task."""
        with self.ihala.database.reading() as tx:
            found = [one for one in item_rows.of_case(tx, self.case_id, *statuses) if one.element == element]
        if not found:
            raise LookupError(f"there is no {element} in case {self.case_id}")
        return found[-1]

    def doer(self, element: str) -> Actor:
        """Somebody in the seat of the latest item of that task."""
        item = self.item(element)
        return self.land.holders(item.role, item.organisation_id)[0]


@dataclass(frozen=True, slots=True)
class Followed:
    """A case told to its end, and who was in its team, and who could open it, after each of its tasks."""

    told: Told
    teams: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    """Task -> (role, organisation) of those in the team once it was done (the last time)."""
    seen: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    """Task -> (role, organisation) of those who could open the page of the case."""

    def note(self, task: str) -> None:
        with self.told.ihala.database.reading() as tx:
            self.teams[task] = frozenset(
                (one.role, one.organisation_id) for one in team_rows.team(tx, self.told.case_id)
            )
            self.seen[task] = frozenset(
                (one.role, one.actor.seats[0][0])
                for one in self.told.land.staff
                if case_rows.is_seen_from(tx, self.told.case_id, one.actor.seats)
            )

    def serves(self, role: str, task: str) -> bool:
        """Whether the role was in the team once the task was done."""
        return role in {one for one, _ in self.teams[task]}

    def sees(self, role: str, task: str) -> bool:
        return role in {one for one, _ in self.seen[task]}


@dataclass(frozen=True, slots=True)
class Land:
    """An installation with the mechanism as it is shipped."""

    ihala: Ihala
    staff: tuple[Person, ...]
    stories: Mapping[str, Scenario]
    folder: Path

    def holders(self, role: str, organisation_id: str = "") -> list[Actor]:
        """Everybody who holds the role, there or anywhere."""
        wanted = (organisation_id, role)
        return [one.actor for one in self.staff if wanted in (one.actor.seats[0], ("", one.role))]

    def tell(self, name: str, until: str = "", changed: Answers | None = None) -> Told:
        """Play the story, begun by a first responder, up to (not including) the first task called `until`."""
        story = self.stories[name]
        clock = MovableClock(story.starts)
        own = replace(self.ihala, clock=clock)
        item_id = open_case(own, self.holders("first_responder")[0], story.process)
        with own.database.reading() as tx:
            first = item_rows.read(tx, item_id or "")
        if first is None:
            raise LookupError(f"{name} does not begin with a task of the one who opens the case")
        told = Told(own, clock, self, first.case_id)
        for task, answers in self.tasks_of(name):
            if task == until:
                break
            told.do(task, **{**answers, **(changed or {}).get(task, {})})
        return told

    def begin(self, name: str) -> tuple[Ihala, MovableClock, History]:
        """The story's case just opened by a first responder, and its own clock; its steps are still to be taken."""
        story = self.stories[name]
        clock = MovableClock(story.starts)
        own = replace(self.ihala, clock=clock)
        with own.database.reading() as tx:
            mechanism = current_release(own, tx).mechanism
        history = History(own, clock, mechanism, self.staff, timedelta())
        history.start(next(one for one in self.staff if one.role == "first_responder"), story.process)
        return own, clock, history

    def follow(self, name: str, changed: Answers | None = None, instead: Sequence[Step] = (), at: str = "") -> Followed:
        """Play the whole story, waits and clocks included; from the task called `at` on, `instead` of what it tells."""
        story = self.stories[name]
        own, clock, history = self.begin(name)
        followed = Followed(Told(own, clock, self, history.case_id))
        steps = list(takewhile(lambda step: not at or step.get("do") != at, story.steps))
        for step in (*steps, *instead):
            told: Mapping[str, Any] = step.get("answers") or {}  # type: ignore[assignment]
            followed.told.report(step.get("send"))
            history.take({**step, "answers": {**told, **(changed or {}).get(str(step.get("do")), {})}})
            followed.note(str(step.get("do", "")))
        return followed

    def tasks_of(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """The tasks of the story and their answers, in order."""
        return [(step["do"], step.get("answers") or {}) for step in self.stories[name].steps if "do" in step]  # type: ignore[misc]


@contextmanager
def inhabited(database_url: str, folder: Path) -> Iterator[Land]:
    """The mechanism installed in a migrated database, its organisations and their people."""
    ihala = open_ihala(Settings(data_folder=folder, database=database_url))
    install(ihala, WORKFLOWS)
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
    files = release.mechanism.files
    directory = directory_in(files)
    places.settle(ihala, directory)
    staff = tuple(people.hire(ihala, directory, release.charter))
    stories = {Path(one.name).stem: one for one in scenarios_in(files)}
    yield Land(ihala, staff, stories, folder)
    ihala.close()
