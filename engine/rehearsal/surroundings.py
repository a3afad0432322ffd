"""What a step of a rehearsed instance may ask: the movable clock, the world in memory."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.clock import WorkingCalendar
from engine.execution import Element, Mechanism, Thrown
from engine.operations import Values, perform
from engine.rehearsal.world import CaseWorld

if TYPE_CHECKING:
    from engine.rehearsal.rehearsal import Rehearsal


class Surroundings:
    """One object for one case."""

    def __init__(self, rehearsal: Rehearsal, case: str) -> None:
        self.calendar: WorkingCalendar = rehearsal.calendar
        self._rehearsal, self._case = rehearsal, case

    def now(self) -> datetime:
        return self._rehearsal.clock.now()

    def perform(self, operation: str, inputs: Values, element: Element, path: tuple[str, ...]) -> Values:
        rehearsal = self._rehearsal
        world = CaseWorld(rehearsal.world, self._case, rehearsal.clock, rehearsal.mechanism.decide)
        return perform(operation, world, inputs, element.id)

    def trigger(self, event: Thrown) -> None:
        self._rehearsal.thrown.append((self._case, event))

    def mechanism(self, release: str) -> Mechanism:
        """A rehearsal has but one, and moves nothing."""
        return self._rehearsal.mechanism
