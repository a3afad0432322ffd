"""What waits in a case, kept as rows: after each step items, clocks and catches follow what the instance waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from engine.decisions.values import to_json
from engine.execution import Instance, WaitingCatch, WaitingTask, WaitingTimer
from engine.persistence import Row, clock_rows, item_rows, record_rows
from engine.routing import Place, place
from engine.step import Step
from engine.vault import Vault
from engine.views import Priority

ITEM_COLUMNS = (
    "id", "case_id", "element", "process_id", "organisation_id", "role", "lane_role", "is_fixed", "assignee_id",
    "purpose", "priority", "visit", "opened_at", "due_at", "due_reason", "sorts_at",
)  # fmt: skip
"""What an item is made with, beside how it ends."""
PRIORITIES: tuple[Priority, ...] = ("immediate", "high", "normal")
"""By their number in the table: the most urgent first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything an instance waits for, by id."""

    tasks: Mapping[str, WaitingTask] = field(default_factory=dict)
    timers: Mapping[str, WaitingTimer] = field(default_factory=dict)
    catches: Mapping[str, WaitingCatch] = field(default_factory=dict)

    @classmethod
    def of(cls, instance: Instance) -> Waiting:
        return cls(
            {task.id: task for task in instance.tasks},
            {timer.id: timer for timer in instance.timers},
            {catch.id: catch for catch in instance.catches},
        )

    def __bool__(self) -> bool:
        """Whether anything can move the instance on."""
        return bool(self.tasks or self.timers or self.catches)

    def due(self, task_id: str) -> WaitingTimer | None:
        """The clock that is the task's due date: its earliest deadline."""
        own = [timer for timer in self.timers.values() if timer.task_id == task_id and timer.is_deadline]
        return min(own, key=lambda timer: (timer.due_at, timer.id), default=None)


@dataclass(frozen=True, slots=True)
class Opened:
    """A work item that this step made, and where it went."""

    task: WaitingTask
    place: Place
    status: str
    due_at: datetime | None


def follow(step: Step, before: Waiting, after: Waiting, done_id: str | None) -> list[Opened]:
    """Write the difference between what waited before and what waits now; answers the items it made."""
    gone = [task_id for task_id in before.tasks if task_id not in after.tasks]
    item_rows.end(step.tx, [one for one in gone if one != done_id], "cancelled", step.now, None)
    if not step.drafts_stay:
        record_rows.delete_drafts(step.tx, [one for one in gone if one != done_id])
    if done_id in gone and (step.item is None or step.item.has_draft):
        # what a colleague typed for it stays theirs: the page shows it once more
        record_rows.delete_drafts(step.tx, [done_id], step.doer.account_id)
    held = _held(step, after)
    _follow_clocks(step, before, after, held)
    _follow_catches(step, before, after)
    _follow_due_dates(step, before, after)
    _follow_diagrams(step, before, after, held)
    new = [task for task_id, task in after.tasks.items() if task_id not in before.tasks]
    return _write_items(step, after, new, held, done_id)


def _held(step: Step, after: Waiting) -> frozenset[str]:
    """Tasks that wait for a consent before anybody may see them."""
    asking = [task for task in after.tasks.values() if task.element.purpose]
    if not asking:
        return frozenset()
    agreed = step.world.stands().agreed
    return frozenset(task.id for task in asking if task.element.purpose not in agreed)


def _write_items(
    step: Step, after: Waiting, new: list[WaitingTask], held: frozenset[str], done_id: str | None
) -> list[Opened]:
    """Open the new items, let those whose organisation left move on, and end the one that was done."""
    done = [_done_row(step, step.item)] if done_id is not None and step.item is not None else []
    moving = [row for row in _left_behind(step) if row.id != done_id]
    if not new and not moving:
        item_rows.write(step.tx, done)
        return []
    roles = {task.role for task in new} | {row.lane_role for row in moving} | {step.charter.fallback_role}
    routes = _Routes(step, roles)
    for row in moving:
        _move(step, row, routes.to(row.lane_role, ""))
    opened = []
    for task in new:
        status = "held" if task.id in held else "open"
        due = after.due(task.id)
        to = routes.to(task.role, task.organisation, joins=task.element.joins_team)
        opened.append(Opened(task, to, status, due.due_at if due else None))
    item_rows.write(step.tx, [*done, *(_row(step, one, after.due(one.task.id)) for one in opened)])
    return opened


def _left_behind(step: Step) -> list[Any]:
    """Open items of those whose place in the team changed in this step."""
    found: dict[str, Any] = {}
    for role, organisation_id in step.world.left:
        rows = item_rows.waiting_in_seat(step.tx, step.case.id, organisation_id, role)
        found.update({row.id: row for row in rows})
    return list(found.values())


class _Routes:
    """Finds places for the tasks of one step; the team grows by what it finds."""

    def __init__(self, step: Step, roles: set[str]) -> None:
        self._step, self._team = step, dict(step.world.team())
        self._seats = step.world.staffing.seats_of(roles)

    def to(self, role: str, fixed: str, *, joins: bool = True) -> Place:
        case = self._step.case
        found = place(
            role,
            fixed,
            self._team,
            self._seats,
            self._step.charter,
            case.governorate,
            self._step.doer.organisation_id,
            joins=joins,
        )
        if found.joins:
            self._team[found.role] = found.organisation_id
            self._step.world.join_team(found.role, found.organisation_id, "routing")
        return found


def _move(step: Step, row: Any, to: Place) -> None:
    """An item whose organisation left the team goes on to the next, unassigned."""
    seat = {"organisation_id": to.organisation_id, "role": to.role}
    item_rows.change(step.tx, row.id, {**seat, "assignee_id": None, "claimed_at": None, "seen_at": None})
    record_rows.delete_drafts(step.tx, [row.id])


def _row(step: Step, one: Opened, due: WaitingTimer | None) -> dict[str, Any]:
    task = one.task
    return {
        "id": task.id,
        "case_id": step.case.id,
        "element": task.element.id,
        "process_id": task.element.process_id,
        "organisation_id": one.place.organisation_id,
        "role": one.place.role,
        "lane_role": task.role,
        "is_fixed": one.place.is_fixed,
        "purpose": task.element.purpose,
        "status": one.status,
        "priority": PRIORITIES.index(task.element.priority),
        "visit": task.visit,
        "done_at": None,
        "done_by": None,
        **_holder(step, task.id, one.place),
        **_due(due),
    }


def _done_row(step: Step, item: Row[Any]) -> dict[str, Any]:
    """The item as it was read, now done by whoever takes the step."""
    read = item._mapping
    ended = {"status": "done", "done_at": step.now, "done_by": step.doer.account_id}
    return {**{name: read[name] for name in ITEM_COLUMNS}, **ended}


def _holder(step: Step, task_id: str, place: Place) -> dict[str, Any]:
    """Who holds a new item, and since when: nobody, but for the first of a case and for work that goes on here."""
    before = step.inherited.get(task_id)
    if before is None:
        return {"assignee_id": _starter(step, place), "opened_at": step.now}
    is_same = (place.organisation_id, place.role) == (before.organisation_id, before.role)
    return {"assignee_id": before.assignee_id if is_same else None, "opened_at": before.opened_at}


def _starter(step: Step, place: Place) -> str | None:
    """Whoever starts a case has claimed its first task."""
    is_own = (place.organisation_id, place.role) == (step.doer.organisation_id, step.doer.role)
    return step.doer.account_id if step.case.revision == 0 and is_own else None


def _due(due: WaitingTimer | None) -> dict[str, Any]:
    if due is None:
        return {"due_at": None, "due_reason": "", "sorts_at": item_rows.END_OF_TIME}
    return {"due_at": due.due_at, "due_reason": due.element.id, "sorts_at": due.due_at}


def _follow_due_dates(step: Step, before: Waiting, after: Waiting) -> None:
    for task_id in after.tasks.keys() & before.tasks.keys():
        was, now = before.due(task_id), after.due(task_id)
        if (was and was.due_at) != (now and now.due_at) and now is not None:
            item_rows.change(step.tx, task_id, {**_due(now), "reminded_at": None})


def _follow_diagrams(step: Step, before: Waiting, after: Waiting, held: frozenset[str]) -> None:
    """Items that stayed while the instance was moved to other diagrams: who is asked, for what, how urgently."""
    for task_id in after.tasks.keys() & before.tasks.keys():
        was, now = before.tasks[task_id], after.tasks[task_id]
        if was.element is now.element:
            continue
        values: dict[str, Any] = {"purpose": now.element.purpose, "status": "held" if task_id in held else "open"}
        if was.element.priority != now.element.priority:
            values["priority"] = PRIORITIES.index(now.element.priority)
        if before.due(task_id) and not after.due(task_id):
            values |= _due(None)
        if (was.role, was.organisation) != (now.role, now.organisation):
            to = _Routes(step, {now.role, step.charter.fallback_role}).to(now.role, now.organisation)
            seat = {"organisation_id": to.organisation_id, "role": to.role, "is_fixed": to.is_fixed}
            values |= {**seat, "lane_role": now.role, "assignee_id": None, "claimed_at": None, "seen_at": None}
            record_rows.delete_drafts(step.tx, [task_id])
        item_rows.change(step.tx, task_id, values)


def _follow_clocks(step: Step, before: Waiting, after: Waiting, held: frozenset[str]) -> None:
    standing = after.timers.keys() & before.timers.keys()
    moved = {*step.world.released, *step.world.withheld}
    changed = [
        now for now in (after.timers[one] for one in standing) if now != before.timers[now.id] or now.task_id in moved
    ]
    gone = [timer_id for timer_id in before.timers if timer_id not in after.timers]
    clock_rows.delete_timers(step.tx, [*gone, *(timer.id for timer in changed)])
    new = [timer for timer_id, timer in after.timers.items() if timer_id not in before.timers]
    clock_rows.insert_timers(
        step.tx, [_timer_row(step, timer, timer.is_reminder and timer.task_id in held) for timer in (*new, *changed)]
    )


def _timer_row(step: Step, timer: WaitingTimer, is_held: bool) -> dict[str, Any]:
    return {
        "id": timer.id,
        "case_id": step.case.id,
        "element": timer.element.id,
        "work_item_id": timer.task_id,
        "is_deadline": timer.is_deadline,
        "due_at": timer.due_at,
        "expression": timer.expression,
        "anchor_at": timer.anchor_at,
        "status": "held" if is_held else "pending",
    }


def _follow_catches(step: Step, before: Waiting, after: Waiting) -> None:
    clock_rows.delete_catches(step.tx, [one for one in before.catches if one not in after.catches])
    new = [catch for catch_id, catch in after.catches.items() if catch_id not in before.catches]
    clock_rows.insert_catches(step.tx, [_catch_row(step, catch) for catch in new])


def _catch_row(step: Step, catch: WaitingCatch) -> dict[str, Any]:
    return {
        "id": catch.id,
        "case_id": step.case.id,
        "element": catch.element.id,
        "kind": catch.kind,
        "name": catch.name,
        "keys_token": keys_token(step.ihala.vault, catch.keys),
        "reach": catch.reach,
    }


def keys_token(vault: Vault, keys: Mapping[str, object]) -> bytes:
    """Correlation keys as a keyed hash: they are compared in the database, never read there.

    A single key is compared by value only: sender and receiver may call it by different names.
    """
    values = {name: to_json(value) for name, value in keys.items()}
    compared = list(values.values()) if len(values) == 1 else values
    return vault.blind(orjson.dumps(compared, option=orjson.OPT_SORT_KEYS).decode(), "correlation")
