"""The same engine in memory, with a movable clock: for rehearsing any set of BPMN, DMN and form files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.clock import MovableClock
from engine.execution import load
from engine.rehearsal.acting import Acting
from engine.rehearsal.rehearsal import Rehearsal
from engine.rehearsal.views import Instance, WaitingTask
from engine.rehearsal.world import Bed, Notice, World

__all__ = ["Acting", "Bed", "Instance", "Notice", "Rehearsal", "WaitingTask", "World", "rehearse"]


def rehearse(files: Mapping[str, bytes], *, now: datetime, world: World | None = None) -> Rehearsal:
    """A rehearsal of these files from `now` (aware) on; raises `CannotRun` with every problem that forbids running.

    Without a `world` there are no organisations, beds or agreements: right for diagrams that ask for none.
    """
    return Rehearsal(load(files), MovableClock(now), world or World())
