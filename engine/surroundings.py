"""What a running instance asks of the world, pointed at one step's transaction at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from engine.clock import WorkingCalendar
from engine.execution import Element, Mechanism, Thrown
from engine.operations import Values, World, perform


@dataclass(frozen=True, slots=True)
class Moment:
    """The now and the calendar of one step, and its world; None while a case is only looked at.

    `mechanism_of`: the diagrams of a release, for an instance that was moved from it.
    """

    at: datetime
    calendar: WorkingCalendar
    world: World | None
    mechanism_of: Callable[[str], Mechanism]


class StepSurroundings:
    """Kept by a live instance over many steps; between them there is nothing to ask."""

    def __init__(self) -> None:
        self._moment: Moment | None = None
        self.thrown: list[Thrown] = []

    @contextmanager
    def during(self, moment: Moment) -> Iterator[None]:
        """Point it at a step; afterwards it answers nothing any more."""
        self._moment, self.thrown = moment, []
        try:
            yield
        finally:
            self._moment = None

    @property
    def calendar(self) -> WorkingCalendar:
        return self._present.calendar

    def now(self) -> datetime:
        return self._present.at

    def perform(self, operation: str, inputs: Values, element: Element, path: tuple[str, ...]) -> Values:
        if self._present.world is None:
            raise RuntimeError("an instance that is only looked at asked for an operation")
        return perform(operation, self._present.world, inputs, element.id)

    def trigger(self, event: Thrown) -> None:
        self.thrown.append(event)

    def mechanism(self, release: str) -> Mechanism:
        return self._present.mechanism_of(release)

    @property
    def _present(self) -> Moment:
        if self._moment is None:
            raise RuntimeError("an instance asked for the world outside a step")
        return self._moment
