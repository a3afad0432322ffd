"""Where the cases of a release stand, for whoever draws it: how many wait at each step, how long, and how many late.

Figures only: nobody in the studio learns of a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.access import Actor
from engine.persistence import standing_rows
from engine.releases import mechanism_of
from engine.studio.drafts import seen
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.execution import Process


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What waits at one step."""

    element: str
    name: Text
    waiting: int
    overdue: int
    held: int
    incidents: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """One process with the steps at which something waits, the fullest first."""

    process_id: str
    name: Text
    file: str
    steps: tuple[StepFigures, ...]

    @property
    def waiting(self) -> int:
        return sum(step.waiting for step in self.steps)


def standing(ihala: Ihala, actor: Actor, release_id: str) -> tuple[int, list[ProcessFigures]]:
    """How many cases run on the release, and its processes at which something waits, the fullest first.

    Raises `NotAllowed`, `NotFound`.
    """
    now = ihala.clock.now()
    with ihala.database.reading() as tx:
        row = seen(ihala, tx, actor, release_id)
        if row.published_at is None:
            return 0, []
        release = mechanism_of(ihala, tx, release_id)
        count = standing_rows.cases(tx, release_id)
        waiting = standing_rows.waiting(tx, release_id, now)
        stopped = {one.element: one.incidents for one in standing_rows.stopped(tx, release_id)}
    found = []
    for process in release.mechanism.processes.values():
        steps = [_figures(process, one, stopped) for one in waiting if one.process_id == process.id]
        quiet = [_quiet(process, e, n) for e, n in stopped.items() if e in process.elements and not _has(steps, e)]
        if steps or quiet:
            every = sorted([*steps, *quiet], key=lambda one: (-one.waiting, one.element))
            found.append(ProcessFigures(process.id, process.name, process.file, tuple(every)))
    return count, sorted(found, key=lambda one: -one.waiting)


def _figures(process: Process, row: Any, stopped: dict[str, int]) -> StepFigures:
    element = process.elements.get(row.element)
    name = element.name if element and element.name else Text(row.element, row.element)
    figures = (row.waiting, int(row.overdue or 0), int(row.held or 0))
    return StepFigures(row.element, name, *figures, stopped.get(row.element, 0), row.oldest)


def _quiet(process: Process, element: str, incidents: int) -> StepFigures:
    """A step at which nothing waits for a person, but something has stopped."""
    name = process.elements[element].name or Text(element, element)
    return StepFigures(element, name, 0, 0, 0, incidents, None)


def _has(steps: list[StepFigures], element: str) -> bool:
    return any(step.element == element for step in steps)
