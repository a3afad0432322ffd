"""The clocks that start processes: their start events with a timer, from the moment the files are in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from engine.clock import WorkingCalendar
from engine.execution.reading.definitions import Node, Scope
from engine.execution.running.clocks import due_at, firings_left, first_anchor
from engine.execution.running.timers import clock_text


@dataclass(frozen=True, slots=True)
class StartClock:
    """A clock that starts `process` at its start event `node`. `left` counts the firings to come, None without end."""

    process: str
    node: str
    text: str
    anchor_at: datetime
    in_working_days: bool
    left: int | None

    def due_at(self, calendar: WorkingCalendar) -> datetime:
        return due_at(self.text, self.anchor_at, calendar, self.in_working_days)

    def fired(self, calendar: WorkingCalendar) -> StartClock | None:
        """The clock after it has fired once; None where it fires no more, or would without any time between."""
        after = replace(self, anchor_at=self.due_at(calendar), left=None if self.left is None else self.left - 1)
        return None if after.left == 0 or after.due_at(calendar) <= after.anchor_at else after


def start_clocks(scopes: Iterable[Scope], now: datetime, calendar: WorkingCalendar) -> list[StartClock]:
    """The clocks of all start events that are still to fire; what was due before `now` is past."""
    clocks = (_clock(scope, node, now, calendar) for scope in scopes for node in scope.starts())
    return [pending for clock in clocks if clock and (pending := _still_to_fire(clock, now, calendar))]


def _clock(scope: Scope, node: Node, now: datetime, calendar: WorkingCalendar) -> StartClock | None:
    timing = node.trigger.timing
    if timing is None:
        return None
    text = clock_text(timing, {}, now, node.id.split("::", 1)[0])
    anchor = first_anchor(text, now, calendar)
    return StartClock(scope.process_id, node.id, text, anchor, timing.in_working_days, firings_left(text))


def _still_to_fire(clock: StartClock, now: datetime, calendar: WorkingCalendar) -> StartClock | None:
    pending: StartClock | None = clock
    while pending is not None and pending.due_at(calendar) < now:
        pending = pending.fired(calendar)
    return pending
