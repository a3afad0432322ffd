"""Runs of the desk: many cases tried, moved or taken back, by the worker, a few seconds at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from engine.access import Actor, NotFound
from engine.errors import Refusal
from engine.execution.migration.plan import CannotMove, Plan
from engine.persistence import Row, case_rows, move_rows
from engine.releases import current_release, mechanism_of
from engine.step import Doer
from engine.steps import CaseIsOver, StaleStep, StepUndone, take_step
from engine.studio import drafts
from engine.studio.desk.groups import Group, groups_in
from engine.studio.desk.moving import Move, TakeBack, Touched
from engine.studio.desk.trial import tried
from engine.studio.desk.verdict import hindered
from engine.studio.people import check_owner
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

AT_ONCE = 2.0
"""Seconds after which the worker turns to its other duties."""
BATCH = 50


class NothingThere(Refusal):
    sentence = Text(
        "No case stands there any more: look at the desk again.",
        "لم يعد أي ملف عند هذا الموضع: يُرجى فتح الصفحة من جديد.",
    )


class StillRunning(Refusal):
    sentence = Text(
        "Other cases are being moved at this moment. Please wait until that has ended.",
        "يجري نقل ملفات أخرى في هذه اللحظة. يُرجى الانتظار حتى ينتهي ذلك.",
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done with a group; `limit`: only so many of its cases, the oldest first."""

    group_key: str
    plan: Plan = field(default_factory=Plan)
    limit: int | None = None


def begin_trial(ihala: Ihala, actor: Actor, wish: Wish) -> str:
    """Try the move of a group without doing it; the id of the run. Raises `NotAllowed`, `NothingThere`."""
    return _begin(ihala, actor, "trial", wish)


def begin_move(ihala: Ihala, actor: Actor, wish: Wish) -> str:
    """Move cases of a group. Raises `NotAllowed`, `NothingThere`, `StillRunning`."""
    return _begin(ihala, actor, "move", wish)


def begin_undo(ihala: Ihala, actor: Actor, run_id: str) -> str:
    """Take a move back, of every case that nobody has touched since.

    Raises `NotAllowed`, `NotFound`, `NothingThere`.
    """
    check_owner(actor)
    with ihala.database.writing() as tx:
        run = move_rows.run(tx, run_id)
        if run is None or run.kind != "move":
            raise NotFound
        case_ids = move_rows.moved(tx, run_id)
        if not case_ids:
            raise NothingThere
        about = {"from_release_id": run.release_id, "release_id": run.from_release_id, "undoes": run.id}
        same = {"process_id": run.process_id, "standing": run.standing, "plan": run.plan}
        return _write(ihala, tx, actor, {"kind": "undo", **about, **same}, case_ids)


def _begin(ihala: Ihala, actor: Actor, kind: str, wish: Wish) -> str:
    check_owner(actor)
    with ihala.database.writing() as tx:
        group = next((one for one in groups_in(ihala, tx) if one.key == wish.group_key), None)
        if group is None:
            raise NothingThere
        if kind == "move" and any(one.kind != "trial" for one in move_rows.unfinished(tx)):
            raise StillRunning
        to = current_release(ihala, tx)
        values = {"kind": kind, "release_id": to.id, "plan": wish.plan.written(), **_about(group)}
        return _write(ihala, tx, actor, values, group.case_ids[: wish.limit])


def _about(group: Group) -> dict[str, Any]:
    standing = [list(one) for one in group.standing]
    return {"from_release_id": group.release_id, "process_id": group.process_id, "standing": standing}


def _write(ihala: Ihala, tx: Any, actor: Actor, values: dict[str, Any], case_ids: Any) -> str:
    run_id, now = uuid4().hex, ihala.clock.now()
    move_rows.insert_run(tx, {"id": run_id, **values, "started_by": actor.account_id, "started_at": now}, case_ids)
    number = mechanism_of(ihala, tx, values["release_id"]).number
    drafts.note(
        ihala, tx, {"trial": "move_tried", "move": "move_begun", "undo": "move_undone"}[values["kind"]], actor, number
    )
    return run_id


def go_on(ihala: Ihala, seconds: float = AT_ONCE) -> int:
    """Go on with the runs that wait, for so long; how many cases were dealt with. Safe in several workers at once."""
    with ihala.database.reading() as tx:
        waiting = move_rows.unfinished(tx)
    until, done = time.monotonic() + seconds, 0
    for run in waiting:
        while time.monotonic() < until:
            with ihala.database.reading() as tx:
                case_ids = move_rows.waiting(tx, run.id, BATCH)
            if not case_ids:
                with ihala.database.writing() as tx:
                    move_rows.end_run(tx, run.id, ihala.clock.now())
                break
            for case_id in case_ids:
                _deal_with(ihala, run, case_id)
                done += 1
                if time.monotonic() > until:
                    break
    return done


def _deal_with(ihala: Ihala, run: Row[Any], case_id: str) -> None:
    if run.kind == "trial":
        _try(ihala, run, case_id)
        return
    act = Move(run, case_id) if run.kind == "move" else TakeBack(run, case_id)
    try:
        take_step(ihala, case_id, act, Doer())
    except (Touched, CaseIsOver, StaleStep):
        _note(ihala, run, case_id, "touched")
    except CannotMove as cannot:
        _note(ihala, run, case_id, "cannot", hindered(cannot))
    except StepUndone:
        _note(ihala, run, case_id, "failed")  # an incident says why


def _try(ihala: Ihala, run: Row[Any], case_id: str) -> None:
    found: dict[str, Any] = {}
    with ihala.database.reading() as tx:
        case, to = case_rows.read(tx, case_id), mechanism_of(ihala, tx, run.release_id)
        if case is None or case.status != "open" or case.release_id != run.from_release_id:
            status = "touched"
        else:
            status, found = tried(ihala, tx, case, to, Plan.read(run.plan))
    _note(ihala, run, case_id, status, found)


def _note(ihala: Ihala, run: Row[Any], case_id: str, status: str, found: dict[str, Any] | None = None) -> None:
    with ihala.database.writing() as tx:
        row = move_rows.one(tx, run.id, case_id)
        if row is not None and row.status == "waiting":
            values = {"status": status, "found": found or {}, "at": ihala.clock.now()}
            move_rows.change(tx, run.id, case_id, values)
