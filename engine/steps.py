"""The one step path: lock the case, recheck, take the instance, act, write, commit, put the instance back.

Locks are taken in the order case, timer, bed, item, journal head. On any exception the instance is thrown away and
nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from engine import incidents, journal
from engine.announcing import announce
from engine.charter import Charter
from engine.clock import WorkingCalendar
from engine.deliveries import send_thrown
from engine.errors import Refusal
from engine.execution import DamagedSnapshot, Instance, NoLongerWaiting, StepFailed
from engine.live import Live
from engine.operations import OperationFailed
from engine.persistence import DatabaseError, Row, Transaction, case_rows, step_rows
from engine.persistence.staffing import Staffing
from engine.persistence.world import CaseWorld
from engine.releases import Release, calendar_of, mechanism_of
from engine.saving import forget, save
from engine.step import Act, Doer, Step
from engine.surroundings import Moment, StepSurroundings
from engine.text import Text
from engine.vault import CaseKey, WrappedKey
from engine.waiting import Opened, Waiting, follow

if TYPE_CHECKING:
    from engine.application import Ihala


Locked = Callable[[Transaction], Row[Any] | None]
Opening = Callable[[Transaction], tuple[Row[Any], CaseKey]]
Start = Callable[[Release, StepSurroundings], Instance]


class CaseIsOver(Refusal):
    """The case is closed or was destroyed."""

    sentence = Text(
        "This file is closed: nothing more can be done in it.",
        "أُغلق هذا الملف: لم يعد من الممكن اتخاذ أي إجراء فيه.",
    )


class StaleStep(Refusal):
    """What was to be done does not wait any more."""

    sentence = Text(
        "This has been done or has lapsed meanwhile. Open the case again to see where it stands.",
        "تم ذلك أو انقضى أجله في هذه الأثناء. يُرجى فتح الملف من جديد لمعرفة موقفه.",
    )


class StepUndone(Refusal):
    """The step failed and was undone; an incident says why, the answers are kept with it."""

    sentence = Text(
        "This step could not be done: {reason} Nothing was changed and nothing was lost. "
        "The operators were told and can try again.",
        "تعذّر تنفيذ هذه الخطوة: {reason} لم يتغيّر شيء ولم يُفقد شيء. أُبلغ مشغّلو النظام ويمكنهم إعادة المحاولة.",
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What followed from a step."""

    case_id: str
    status: str
    opened: list[Opened] = field(default_factory=list)
    charter: Charter = field(default_factory=Charter)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    team: frozenset[tuple[str, str]] = frozenset()
    """(organisation, role) of those who serve the case now, for a person who took the step."""


def take_step(ihala: Ihala, case_id: str, act: Act, doer: Doer) -> Taken:
    """Do `act` in the case. Raises the act's refusals, `CaseIsOver`, `StaleStep`, or `StepUndone` with an incident."""
    return _take(ihala, lambda tx: step_rows.begin(tx, case_id), act, doer)


def take_step_of_item(ihala: Ihala, item_id: str, act: Act, doer: Doer) -> Taken:
    """The same in the case that the work item belongs to; where there is no such item, `CaseIsOver`."""
    return _take(ihala, lambda tx: step_rows.begin_of_item(tx, item_id), act, doer)


def _take(ihala: Ihala, locked: Locked, act: Act, doer: Doer) -> Taken:
    case: Row[Any] | None = None
    step: Step | None = None
    try:
        with ihala.database.writing() as tx:
            case = locked(tx)
            if case is None or case.wrapped is None or case.status != "open":
                raise CaseIsOver
            step, live = _begin(ihala, tx, case, doer)
            act.recheck(step)
            with live.surroundings.during(_moment(step)):
                before = live.waiting or Waiting.of(live.instance)
                act.run(step)
                taken = _write(step, live, act, before)
    except NoLongerWaiting as error:
        raise StaleStep from error
    except Exception as error:
        if case is None or _is_refusal(error):
            raise
        raise _undone(ihala, case.id, act, step.doer if step else doer, error) from error
    _put_back(ihala, step, live, taken)
    return taken


def _is_refusal(error: Exception) -> bool:
    """Whether whoever took the step, or the database, is at fault; all else is an incident."""
    failed = isinstance(error, StepFailed | OperationFailed | DamagedSnapshot)
    return not failed and isinstance(error, Refusal | DatabaseError)


def start_case(ihala: Ihala, opened: Opening, act: Act, doer: Doer, start: Start) -> Taken:
    """The first step of a case whose row `opened` writes in the same transaction."""
    with ihala.database.writing() as tx:
        case, key = opened(tx)
        surroundings = StepSurroundings()
        release = mechanism_of(ihala, tx, case.release_id)
        step = _step(ihala, tx, case, key, release, doer, ihala.staffing.now(tx))
        with surroundings.during(_moment(step)):
            step.instance = start(release, surroundings)
            live = Live(step.instance, surroundings)
            taken = _write(step, live, act, Waiting())
    _put_back(ihala, step, live, taken)
    return taken


def restore(
    ihala: Ihala, tx: Transaction, case: Row[Any], key: CaseKey, calendar: WorkingCalendar | None = None
) -> Live:
    """The live instance of the case at its present revision, from memory or from its snapshot."""
    kept = ihala.live.take(case.id, case.revision, key.generation)
    if kept is not None:
        return kept
    release = mechanism_of(ihala, tx, case.release_id)
    surroundings = StepSurroundings()
    state = key.open(case.state, "case", str(case.revision))
    present = calendar or calendar_of(release, ihala.staffing.now(tx))
    moment = Moment(ihala.clock.now(), present, None, lambda one: mechanism_of(ihala, tx, one).mechanism)
    with surroundings.during(moment):
        return Live(release.mechanism.restore(state, surroundings), surroundings)


def key_of(ihala: Ihala, tx: Transaction, case_id: str) -> CaseKey | None:
    """The opened key of the case; None where it was destroyed."""
    row = case_rows.key(tx, case_id)
    if row is None:
        return None
    return ihala.vault.unwrap(WrappedKey(row.case_id, row.generation, row.wrapped_by, row.wrapped))


def _begin(ihala: Ihala, tx: Transaction, case: Row[Any], doer: Doer) -> tuple[Step, Live]:
    key = ihala.vault.unwrap(WrappedKey(case.id, case.generation, case.wrapped_by, case.wrapped))
    release = mechanism_of(ihala, tx, case.release_id)
    step = _step(ihala, tx, case, key, release, doer, ihala.staffing.at(tx, case.directory_version))
    live = restore(ihala, tx, case, key, step.calendar)
    step.instance, step.world.standing = live.instance, live.standing
    return step, live


def _step(
    ihala: Ihala,
    tx: Transaction,
    case: Row[Any],
    key: CaseKey,
    release: Release,
    doer: Doer,
    staffing: Staffing,
) -> Step:
    now, calendar = ihala.clock.now(), calendar_of(release, staffing)
    world = CaseWorld(
        tx=tx,
        case_id=case.id,
        governorate=case.governorate,
        moment=now,
        today=now.astimezone(calendar.zone).date(),
        key=key,
        charter=release.charter,
        evaluate=release.mechanism.decide,
        actor_id=doer.account_id,
        staffing=staffing,
    )
    return Step(ihala, tx, case, key, release, doer, now, calendar, world)


def _moment(step: Step) -> Moment:
    return Moment(step.now, step.calendar, step.world, lambda one: mechanism_of(step.ihala, step.tx, one).mechanism)


def _write(step: Step, live: Live, act: Act, before: Waiting) -> Taken:
    """Everything the step changed, in its transaction."""
    if step.world.is_forgotten:
        forget(step, act)
        return Taken(step.case.id, "destroyed", [], step.charter, step.calendar.zone)
    entry = act.entry(step)
    after = live.waiting = _after(step)
    opened = follow(step, before, after, act.done_item_id)
    send_thrown(step, live.surroundings.thrown)
    if step.may_have_incident:
        incidents.resolve(step.tx, act.kind, act.subject_id, step.now, step.doer.account_id)
    incidents.warn_of_nobody(step, opened)
    incidents.warn_of_standstill(step, before, after)
    announce(step, opened)
    kept = {**(entry.content or {}), **step.kept, "steps": _steps(step.instance)}
    stream = journal.of_case(step.case.id)
    journal.append(step.tx, step.ihala.vault, stream, replace(entry, content=kept), step.key, step.journal_end)
    status = save(step, opened, after)
    asks = bool(step.doer.account_id)  # a clock is told nothing
    team = frozenset((organisation, role) for role, organisation in step.world.stands().team) if asks else frozenset()
    return Taken(step.case.id, status, opened, step.charter, step.calendar.zone, team)


def _after(step: Step) -> Waiting:
    """What waits now. The clocks of tasks that a consent has let go begin with it."""
    after = Waiting.of(step.instance)
    released = [item_id for item_id in step.world.released if item_id in after.tasks]
    for item_id in released:
        step.instance.rearm(item_id)
    return Waiting.of(step.instance) if released else after


def _steps(instance: Instance) -> list[list[Any]]:
    """What the instance did, for the timeline: element, process, event, visit."""
    return [[one.element, one.process_id, one.event, one.visit] for one in instance.take_steps()]


def _put_back(ihala: Ihala, step: Step, live: Live, taken: Taken) -> None:
    live.standing = step.world.standing
    if taken.status == "open":
        ihala.live.put(step.case.id, step.case.revision + 1, step.key.generation, live)
    else:
        ihala.live.forget(step.case.id)


def _undone(ihala: Ihala, case_id: str, act: Act, doer: Doer, error: Exception) -> StepUndone:
    """Write the incident in a transaction of its own: the step's was rolled back."""
    reason = incidents.reason_of(error)
    with ihala.database.writing() as tx:
        case_rows.lock(tx, case_id)
        key = key_of(ihala, tx, case_id)
        incidents.write(ihala, tx, case_id, key, act, doer, error)
    return StepUndone(reason=reason)
