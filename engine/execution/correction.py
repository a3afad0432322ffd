"""Corrects a submitted answer: the instance takes its way again, and keeps what was done since where it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.clock import WorkingCalendar
from engine.execution.acting import do
from engine.execution.failures import NothingToCorrect
from engine.execution.history import Act, History
from engine.execution.migration.moving import moved
from engine.execution.migration.plan import Plan
from engine.execution.model import Element, Step, Surroundings, Thrown, Values
from engine.execution.running.ledger import Ledger
from engine.execution.running.timers import arm_timer
from engine.execution.running.workflows import TopFlow

if TYPE_CHECKING:
    from engine.execution.instance import Instance
    from engine.execution.mechanism import Mechanism

Seen = tuple[str, str, tuple[str, ...], int]


class Again:
    """The surroundings of a way taken again: the time it was then; what it throws is held back."""

    def __init__(self, real: Surroundings, at: datetime) -> None:
        self._real, self.at = real, at
        self.thrown: list[Thrown] = []

    @property
    def calendar(self) -> WorkingCalendar:
        return self._real.calendar

    def now(self) -> datetime:
        return self.at

    def perform(self, operation: str, inputs: Values, element: Element, path: tuple[str, ...]) -> Values:
        """Reached only by an operation that the first way did not perform."""
        return self._real.perform(operation, inputs, element, path)

    def trigger(self, event: Thrown) -> None:
        self.thrown.append(event)

    def mechanism(self, release: str) -> Mechanism:
        return self._real.mechanism(release)


def correct(one: Instance, task_id: str, answers: Values) -> None:
    """Change `one` to what it would be if the task had been completed with these answers.

    1. Take the first way again, to know what it threw. 2. Take it with the other answers: acts on tasks, clocks and
    catches that open again are repeated, the others left out. 3. Throw what is new, and note what changed.
    """
    acts = one.history.acts()
    at = next((number for number, act in enumerate(acts) if _completes(one, act, task_id)), None)
    if at is None:
        raise NothingToCorrect(task=task_id)
    real = one.surroundings
    before, first = _again(one, acts)
    changed = [*acts[:at], replace(acts[at], values=answers), *acts[at + 1 :]]
    after, second = _again(one, changed)
    after.count_new_clocks_from_now(real, before.ledger.made)
    for event in _without(second.thrown, first.thrown):
        real.trigger(event)
    steps = _changes(before, after, acts[at].target, real.now())
    one.become(after, after.history, steps)


def _completes(one: Instance, act: Act, task_id: str) -> bool:
    place, _, number = act.target.rpartition("|")
    return act.kind == "complete" and one.ledger.id_of(place, int(number)).hex == task_id


class Way(TopFlow):
    """A top scope that repeats acts."""

    history: History

    @classmethod
    def beginning(cls, one: Instance, around: Again, acts: list[Act]) -> Way:
        """Before the first act, on the diagrams of that day."""
        first = next((act for act in acts if act.kind == "move"), None)
        mechanism = one.mechanism if first is None else around.mechanism(str(first.values["before"]))
        ledger = Ledger(one.ledger.seed, keep_trace=True)
        way = cls(mechanism.specs, one.process.id, around, ledger, mechanism.decide)
        way.history = History()
        way.results = {**one.declared, **{key: known for act in acts for key, known in act.outcomes}}
        return way

    def moved(self, act: Act, around: Again) -> Way:
        """On the diagrams to which the instance was moved then."""
        around.at = act.at
        way, _ = moved(self, around.mechanism(act.target), Plan.read(act.values))
        way.history = self.history
        way.history.append(act)
        return way

    def repeat(self, act: Act, around: Again) -> None:
        """Do the act again if what it was done to is open; it is part of the new history only then."""
        around.at = act.at
        self.performed = []
        if do(self, act):
            self.history.append(replace(act, outcomes=tuple((str(key), known) for key, known in self.performed)))

    def is_work(self, step: Step) -> bool:
        """Whether the step was work of somebody, which a person would miss: no gateway, no event."""
        return any(
            step.element in spec.scope.nodes and spec.scope.nodes[step.element].kind.endswith(("Task", "task"))
            for spec in self.subprocess_specs.values()
            if spec.scope.process_id == step.process_id
        )

    def count_new_clocks_from_now(self, real: Surroundings, made: Mapping[str, int]) -> None:
        """Tasks and clocks that the first way never opened, open now and not at the time of the corrected answer."""
        self.surroundings = real
        for token in self.all_tokens():
            place, _, number = token.key.rpartition("|")
            if int(number) <= made.get(place, 0):
                continue
            if "at" in token.internal_data:
                token.internal_data["at"] = real.now().isoformat()
            if "timer" in token.internal_data:
                arm_timer(token)


def _again(one: Instance, acts: list[Act]) -> tuple[Way, Again]:
    around = Again(one.surroundings, acts[0].at)
    way = Way.beginning(one, around, acts)
    for act in acts:
        if act.kind == "move":
            way = way.moved(act, around)
        else:
            way.repeat(act, around)
    return way, around


def _without(events: list[Thrown], known: list[Thrown]) -> list[Thrown]:
    """The events that were not thrown the first time."""
    left = list(known)
    new = []
    for event in events:
        if event in left:
            left.remove(event)
        else:
            new.append(event)
    return new


def _changes(before: Way, after: Way, corrected: str, now: datetime) -> list[Step]:
    """The corrected task, what happened that had not, and the work that no longer stands on the way."""
    known, still = {_seen(step) for step in before.ledger.steps}, {_seen(step) for step in after.ledger.steps}
    place, _, number = corrected.rpartition("|")
    task_id = before.ledger.id_of(place, int(number)).hex
    steps = [
        replace(step, event="corrected", at=now)
        for step in after.ledger.steps
        if step.task_id == task_id and step.event == "completed"
    ]
    steps += [replace(step, at=now) for step in after.ledger.steps if _seen(step) not in known]
    steps += [
        replace(step, event="cancelled", at=now)
        for step in before.ledger.steps
        if step.event == "completed" and _seen(step) not in still and before.is_work(step)
    ]
    open_now = {token.hex for token in after.all_tokens()} | {step.task_id for step in after.ledger.steps}
    for token in before.all_tokens():
        element = token.node.element
        if token.task_spec.manual and element is not None and token.hex not in open_now:
            where = (element.id, element.process_id, token.flow.path, token.visit)
            steps.append(Step(*where, "cancelled", now, token.hex))
    return steps


def _seen(step: Step) -> Seen:
    return step.event, f"{step.process_id}|{step.element}", step.scope, step.visit
