"""Cases that a clock begins: the timer start events of the release in force, each moment once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from engine import incidents
from engine.beginnings import begin_at
from engine.clock import WorkingCalendar
from engine.errors import Refusal
from engine.execution import StartClock, StepFailed
from engine.journal import JournalMoved
from engine.operations import OperationFailed
from engine.persistence import Row, Transaction, start_clock_rows
from engine.releases import Release, calendar_of, current_release, published_at
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


class AlreadyBegun(Refusal):
    sentence = Text("Another worker has begun this case.", "بدأ عامل آخر هذا الملف.")


def begin_due(ihala: Ihala, limit: int = 50) -> int:
    """Begin the cases whose moment has come, the earliest first; how many. Moments missed while nobody worked count.

    A case that cannot begin is an incident; its clock goes on to the next moment.
    """
    _set_clocks(ihala)
    with ihala.database.reading() as tx:
        rows = start_clock_rows.due(tx, ihala.clock.now(), limit)
    return sum(_begin(ihala, row) for row in rows)


def _set_clocks(ihala: Ihala) -> None:
    """Once for each release that comes into force: its clocks count from then, those of the one before are gone."""
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
        begun = published_at(tx, release)
    if begun is None:
        return
    with ihala.database.writing() as tx:
        calendar = calendar_of(release, ihala.staffing.now(tx))
        rows = [_row(release, one, calendar) for one in release.mechanism.start_clocks(begun)]
        start_clock_rows.set_for(tx, release.id, rows, ihala.clock.now())


def _begin(ihala: Ihala, row: Row[Any]) -> int:
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
        calendar = calendar_of(release, ihala.staffing.now(tx))
    if release.id != row.release_id:
        return 0  # another release came into force meanwhile: its clocks are set in the next round
    clock = StartClock(row.process_id, row.node, row.expression, row.anchor_at, row.in_working_days, row.firings_left)
    following = clock.fired(calendar)
    after = _moving(following, calendar) if following else None

    def taken(tx: Transaction) -> None:
        if not start_clock_rows.move_on(tx, row, after):
            raise AlreadyBegun

    try:
        begin_at(ihala, release, row.process_id, row.node, taken)
    except (AlreadyBegun, JournalMoved):
        return 0
    except (StepFailed, OperationFailed, Refusal) as failure:
        with ihala.database.writing() as tx:
            if start_clock_rows.move_on(tx, row, after):
                incidents.write_about_start(tx, row.id, row.node, incidents.reason_of(failure), ihala.clock.now())
        return 0
    return 1


def _row(release: Release, clock: StartClock, calendar: WorkingCalendar) -> dict[str, Any]:
    about = {"id": uuid4().hex, "release_id": release.id, "process_id": clock.process, "node": clock.node}
    return {**about, "in_working_days": clock.in_working_days, "expression": clock.text, **_moving(clock, calendar)}


def _moving(clock: StartClock, calendar: WorkingCalendar) -> dict[str, Any]:
    return {"anchor_at": clock.anchor_at, "firings_left": clock.left, "due_at": clock.due_at(calendar)}
