"""Where cases stand and stood, for whoever draws the mechanism: per step how many, since when, late, stopped, passed.

Figures only. Whoever serves cases also finds those at a step that they see anyway; the studio opens no case to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from engine.access import Actor, NotFound
from engine.cursors import cursor_of, read_cursor
from engine.execution import Process
from engine.persistence import Transaction, standing_rows
from engine.releases import Release, current_release, mechanism_of
from engine.studio.drafts import seen
from engine.studio.people import check_reader
from engine.studio.periods import NOW, Period
from engine.studio.small_numbers import Figure, figure
from engine.text import Text
from engine.views import ItemRow
from engine.worklist import item_row

if TYPE_CHECKING:
    from engine.application import Ihala


@dataclass(frozen=True, slots=True)
class StepFigures:
    """What stands at one step at the end of the period, and what happened there in it.

    `oldest`, `middle`: how long the oldest and the middle one wait. `incidents`: open ones, with a period those that
    arose in it. `passed`, `late`, `took` (of the middle one) are empty without a period, `held` where the past is
    shown. A span is empty where it would be that of a few cases which the reader may not know.
    """

    element: str
    name: Text
    waiting: Figure
    oldest: timedelta | None
    middle: timedelta | None
    overdue: Figure
    held: Figure | None
    incidents: Figure
    passed: Figure | None
    late: Figure | None
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """A process where something stands; `waiting` is empty where a sum would give small numbers of its steps away."""

    process_id: str
    name: Text
    waiting: Figure | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Figures of a release or of all: the processes, the fullest first, and the steps of the chosen one.

    `release_id` and `file`: whose diagram shows the steps; no file where the release in force lost the process.
    `count`: cases that are open now. `is_exact`: small numbers are told, too.
    """

    release_id: str
    count: int
    processes: tuple[ProcessFigures, ...]
    chosen: ProcessFigures | None
    file: str
    steps: tuple[StepFigures, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class StepCases:
    """The cases that stand at a step now and that the actor sees; `sees_cases`: they could see any at all."""

    name: Text
    process: Text
    figures: StepFigures | None
    rows: list[ItemRow]
    next: str | None
    sees_cases: bool


def standing(
    ihala: Ihala, actor: Actor, release_id: str | None, process_id: str = "", period: Period = NOW
) -> Standing:
    """Where the cases of a release (None: of all) stand in the period. Raises `NotAllowed`, `NotFound`."""
    with ihala.database.reading() as tx:
        release = _release(ihala, tx, actor, release_id)
        is_exact = _is_exact(ihala, tx, actor)
        if release is None:
            return Standing(release_id or "", 0, (), None, "", (), is_exact)
        count = standing_rows.cases(tx, release_id)
        busy = standing_rows.busy(tx, release_id, period.until)
        stopped = standing_rows.stopped(tx, release_id, period.since, period.until or ihala.clock.now())
        known = release.mechanism.processes
        for one in known.values():
            if process_id == one.id or stopped.keys() & one.elements.keys():
                busy.setdefault(one.id, 0)
        is_told = is_exact or period.is_now
        names = {name: known[name].name if name in known else Text(name, name) for name in busy}
        found = [
            ProcessFigures(name, names[name], Figure(many) if is_told else None)
            for name, many in sorted(busy.items(), key=lambda one: (-one[1], one[0]))
        ]
        chosen = next((one for one in found if one.process_id == process_id), found[0] if found else None)
        process = known.get(chosen.process_id) if chosen else None
        steps = _steps(ihala, tx, release_id, chosen.process_id, process, period, stopped, is_exact) if chosen else ()
    return Standing(release.id, count, tuple(found), chosen, process.file if process else "", steps, is_exact)


def cases_at(
    ihala: Ihala,
    actor: Actor,
    release_id: str | None,
    process_id: str,
    element: str,
    after: str | None = None,
    limit: int = 50,
) -> StepCases:
    """The cases of a release (None: of all) at a step, as far as the actor sees them, the longest waiting first.

    Raises `NotAllowed`, `NotFound` where there is neither such a step nor a figure of it.
    """
    figures = standing(ihala, actor, release_id, process_id)
    step = next((one for one in figures.steps if one.element == element), None)
    with ihala.database.reading() as tx:
        release = _release(ihala, tx, actor, release_id)
        process = release.mechanism.processes.get(process_id) if release else None
        if step is None and (process is None or element not in process.elements):
            raise NotFound
        charter = current_release(ihala, tx).charter
        seats = [seat for seat in actor.seats if charter.sight(seat[1]) != "counts"]
        whole = [seat for seat in seats if charter.sight(seat[1]) == "case"]
        place, cursor = (process_id, element), read_cursor(after)
        rows = standing_rows.standing_at(tx, release_id, place, seats, whole, cursor, limit + 1) if seats else []
        shown = [item_row(ihala, tx, row, actor, ihala.clock.now()) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    name = process.name if process else Text(process_id, process_id)
    following = cursor_of(last.opened_at, last.id) if last else None
    return StepCases(_name(process, element), name, step, shown, following, bool(seats))


def _release(ihala: Ihala, tx: Transaction, actor: Actor, release_id: str | None) -> Release | None:
    """Whose steps are shown: the release's, for all of them those of the one in force; None where it never was."""
    if release_id is None:
        check_reader(ihala, tx, actor)
        return current_release(ihala, tx)
    row = seen(ihala, tx, actor, release_id)
    return mechanism_of(ihala, tx, release_id) if row.published_at is not None else None


def _is_exact(ihala: Ihala, tx: Transaction, actor: Actor) -> bool:
    """Whoever answers for whole cases is told small numbers of a period, too."""
    charter = current_release(ihala, tx).charter
    return any(charter.sight(role) == "case" for _, role in actor.seats)


def _steps(
    ihala: Ihala,
    tx: Transaction,
    release_id: str | None,
    process_id: str,
    process: Process | None,
    period: Period,
    stopped: Mapping[str, int],
    is_exact: bool,
) -> tuple[StepFigures, ...]:
    """The steps of a process at which something stands, stopped or passed, the fullest first."""
    now = ihala.clock.now()
    waiting = {one.element: one for one in standing_rows.waiting(tx, release_id, process_id, now, period.until)}
    passed: dict[str, Any] = {}
    if period.since is not None:
        rows = standing_rows.passed(tx, release_id, process_id, period.since, period.until or now)
        passed = {one.element: one for one in rows}
    quiet = [one for one in stopped if process is not None and one in process.elements]
    made = [
        _figures(
            _name(process, one), one, waiting.get(one), passed.get(one), stopped.get(one, 0), period, now, is_exact
        )
        for one in dict.fromkeys([*waiting, *passed, *quiet])
    ]
    return tuple(sorted(made, key=lambda one: (-one.waiting.number, one.element)))


def _figures(
    name: Text, element: str, row: Any, done: Any, incidents: int, period: Period, now: datetime, is_exact: bool
) -> StepFigures:
    stood, happened = is_exact or period.is_now, is_exact or period.since is None
    waiting = figure(row.waiting if row else 0, exact=stood)
    passed = figure(done.passed if done else 0, exact=is_exact) if period.since else None
    at, ages = period.until or now, row is not None and not waiting.is_few
    return StepFigures(
        element=element,
        name=name,
        waiting=waiting,
        oldest=at - row.oldest if ages else None,
        middle=at - row.middle if ages else None,
        overdue=figure(row.overdue if row else 0, exact=stood),
        held=figure(row.held if row else 0, exact=True) if period.is_now else None,
        incidents=figure(incidents, exact=happened),
        passed=passed,
        late=figure(done.late if done else 0, exact=is_exact) if passed else None,
        took=timedelta(seconds=float(done.took)) if done and passed and not passed.is_few else None,
    )


def _name(process: Process | None, element: str) -> Text:
    found = process.elements.get(element) if process else None
    return found.name if found and found.name else Text(element, element)
