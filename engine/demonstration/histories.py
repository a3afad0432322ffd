"""Invented cases with believable histories: stories of the mechanism, each played so far on the real engine.

A story is first rehearsed in memory to learn how long it takes up to the chosen step; then it is played with a clock
that starts as long ago, so that the last step happened recently and the clocks that still run are due as they would be.
The dates in its answers move with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from engine import cases, tasks
from engine.application import Ihala
from engine.clock import MovableClock
from engine.decisions import feel
from engine.demonstration.people import Person
from engine.directory import Directory
from engine.execution import Mechanism
from engine.forms import Form
from engine.persistence import clock_rows, item_rows
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.scenario import Scenario, act, begin
from engine.rehearsal.world import World
from engine.step import Doer
from engine.steps import take_step
from engine.task_page import open_task
from engine.timers import Fire

STEP_TAKES = timedelta(minutes=35)
"""Between two tasks of a history that tells of no wait."""
_IS_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d\S*)?$")


@dataclass(frozen=True, slots=True)
class Cut:
    """A story up to (not including) one of its steps; `ago`: how long before now its last step happened."""

    scenario: Scenario
    steps: int
    ago: timedelta


def cuts(stories: Sequence[Scenario], wanted: int) -> list[Cut]:
    """So many histories, spread over the stories and over how far each has come; some stood still for a while."""
    found = []
    for number in range(wanted):
        story = stories[number % len(stories)]
        ends = [place for place, step in enumerate(story.steps, 1) if "do" in step]
        lap, laps = number // len(stories), -(-wanted // len(stories))
        place = ends[min(len(ends) - 1, (2 * lap + 1) * len(ends) // (2 * laps))] if ends else 0
        found.append(Cut(story, place, timedelta(hours=(number * 7) % 40, minutes=(number * 13) % 60)))
    return found


def play(
    ihala: Ihala, mechanism: Mechanism, directory: Directory, people: Sequence[Person], starter: Person, cut: Cut
) -> str:
    """Play the story on the database, begun by `starter`; the case's id."""
    lasted = _duration(mechanism, directory, cut)
    clock = MovableClock(ihala.clock.now() - lasted - cut.ago)
    moved = clock.now() - cut.scenario.starts
    history = History(replace(ihala, clock=clock), clock, mechanism, people, moved)
    history.start(starter, cut.scenario.process)
    for step in cut.scenario.steps[: cut.steps]:
        history.take(step)
    return history.case_id


def _duration(mechanism: Mechanism, directory: Directory, cut: Cut) -> timedelta:
    rehearsal = Rehearsal(mechanism, MovableClock(cut.scenario.starts), World(directory))
    one = begin(cut.scenario, rehearsal)
    for number, step in enumerate(cut.scenario.steps[: cut.steps], 1):
        act(rehearsal, one, step, number)
    return rehearsal.clock.now() - cut.scenario.starts + STEP_TAKES * cut.steps


class History:
    """One case while its past is being played."""

    def __init__(
        self, ihala: Ihala, clock: MovableClock, mechanism: Mechanism, people: Sequence[Person], moved: timedelta
    ) -> None:
        self._ihala, self._clock, self._mechanism, self._moved = ihala, clock, mechanism, moved
        self._seats: dict[tuple[str, str], list[Person]] = {}
        for one in people:
            self._seats.setdefault((one.actor.memberships[0].organisation_id, one.role), []).append(one)
        self.case_id = ""

    def start(self, starter: Person, process_id: str) -> None:
        """Open the case as this person, who also does its first task."""
        item_id = cases.open_case(self._ihala, starter.actor, process_id)
        with self._ihala.database.reading() as tx:
            item = item_rows.read(tx, item_id or "")
        if item is None:
            raise LookupError(f"{process_id} does not begin with a task of {starter.role}")
        self.case_id = item.case_id

    def take(self, step: Mapping[str, Any]) -> None:
        """Do, or wait, as the story says; what it only expects is not looked at here."""
        if "do" in step:
            self._pass(STEP_TAKES)
            self._complete(str(step["do"]), step)
        elif "wait" in step:
            length = feel.evaluate(f'duration("{step["wait"]}")', {})
            self._pass(length if isinstance(length, timedelta) else timedelta())

    def _pass(self, length: timedelta) -> None:
        """Let time go by for this case alone, firing its clocks in order."""
        end = self._clock.now() + length
        while True:
            with self._ihala.database.reading() as tx:
                pending = [
                    one for one in clock_rows.of_case(tx, self.case_id) if one.due_at <= end and one.status == "pending"
                ]
            if not pending:
                break
            first = min(pending, key=lambda one: (one.due_at, one.id))
            self._clock.move_to(max(self._clock.now(), first.due_at))
            take_step(self._ihala, self.case_id, Fire(first.id), Doer())
        self._clock.move_to(end)

    def _complete(self, element: str, step: Mapping[str, Any]) -> None:
        item, person = self._waiting(element, step.get("where") or {})
        tasks.claim(self._ihala, person.actor, item.id)
        form: Form | None = self._mechanism.forms.get(element)
        told: Mapping[str, Any] = step.get("answers") or {}
        answers = {key: later(value, self._moved) for key, value in told.items()}
        tasks.complete_task(self._ihala, person.actor, item.id, answers if form else {})

    def _waiting(self, element: str, where: Mapping[str, object]) -> tuple[Any, Person]:
        """The open item of that task, and somebody in its seat who has not done the task before it."""
        with self._ihala.database.reading() as tx:
            items = [one for one in item_rows.of_case(tx, self.case_id, "open") if one.element == element]
            not_by = self._not_by(element)
            first = item_rows.last_done_by(tx, self.case_id, not_by) if not_by else None
        for item in items:
            holders = self._seats.get((item.organisation_id, item.role), [])
            person = next((one for one in holders if one.actor.account_id != first), None)
            if person is not None and self._fits(person, item.id, where):
                return item, person
        raise LookupError(f"{element} is not open for anybody in case {self.case_id}")

    def _fits(self, person: Person, item_id: str, where: Mapping[str, object]) -> bool:
        variables = open_task(self._ihala, person.actor, item_id).variables if where else {}
        return all(feel.evaluate(path, variables) == value for path, value in where.items())

    def _not_by(self, element: str) -> str:
        found = (p.elements[element] for p in self._mechanism.processes.values() if element in p.elements)
        return next((one.not_by for one in found), "")


def later(value: Any, by: timedelta) -> Any:
    """The answer of a story that is told of another time: its dates and moments move, all else stays."""
    if isinstance(value, date):
        return value + by
    if not isinstance(value, str) or not _IS_DATE.match(value):
        return value
    if len(value) > len("2026-03-01"):
        return (datetime.fromisoformat(value) + by).isoformat()
    return (date.fromisoformat(value) + by).isoformat()


def tellable(stories: Sequence[Scenario], process_id: str) -> list[Scenario]:
    """Stories of the process that need nothing but tasks and time."""
    plain = {"do", "wait", "expect"}
    return [
        one
        for one in stories
        if one.process == process_id
        and not one.variables
        and all(plain & set(step) and not step.get("refused") for step in one.steps)
    ]
