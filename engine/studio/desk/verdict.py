"""What a move means for one case, beside where its tokens go: deadlines, consents, forms, drafts, who is concerned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.execution import WaitingTask
from engine.execution.migration.plan import CannotMove, Change, Finding
from engine.execution.migration.transfer import Transfer
from engine.persistence import Transaction, move_rows
from engine.releases import Release
from engine.waiting import Waiting

LOSSES = frozenset(
    {"moved", "clock_gone", "event_gone", "overdue", "consent_changed", "draft_lost", "form_changed", "performs"}
)
"""Findings that somebody has to know of before the move."""


@dataclass(frozen=True, slots=True)
class Look:
    """The releases, and what the case waits for before and after."""

    old: Release
    new: Release
    before: Waiting
    after: Waiting
    now: datetime


def findings(tx: Transaction, look: Look, transfer: Transfer, performed: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Everything found, as the row of the case keeps it: ids of elements and accounts, nothing of the person."""
    ended = [one for one in look.before.tasks if one not in look.after.tasks]
    found = [*transfer.findings, *_of_tasks(look), *_of_drafts(tx, look, transfer, ended)]
    found += [Finding("performs", process, element) for process, element in performed]
    concerned = {*ended, *(task.id for task, other in _kept(look) if _asks_otherwise(task, other))}
    return {
        "findings": sorted({(one.change, one.process_id, one.element, one.target) for one in found}),
        "holders": move_rows.holders(tx, concerned),
        "carried": transfer.carried,
    }


def hindered(cannot: CannotMove) -> dict[str, Any]:
    """Why the case cannot move, as its row keeps it."""
    rows = [(one.process_id, one.element, one.text.en, one.text.ar, one.is_choice) for one in cannot.hindrances]
    return {"hindrances": sorted(set(rows))}


def status_of(found: dict[str, Any]) -> str:
    return "loses" if any(change in LOSSES for change, *_ in found["findings"]) else "moves"


def _kept(look: Look) -> list[tuple[WaitingTask, WaitingTask]]:
    """The tasks that stay, as they were and as they are."""
    return [(task, look.after.tasks[task.id]) for task in look.before.tasks.values() if task.id in look.after.tasks]


def _of_tasks(look: Look) -> list[Finding]:
    found: list[tuple[Change, WaitingTask]] = []
    for was, now in _kept(look):
        if (was.role, was.organisation) != (now.role, now.organisation):
            found.append(("address_changed", now))
        if was.element.purpose != now.element.purpose:
            found.append(("consent_changed", now))
        if _form(look.old, was) != _form(look.new, now):
            found.append(("form_changed", now))
    for task in look.after.tasks.values():
        was_due, due = look.before.due(task.id), look.after.due(task.id)
        if due and due.due_at <= look.now and not (was_due and was_due.due_at <= look.now):
            found.append(("overdue", task))
    return [Finding(change, task.element.process_id, task.element.id) for change, task in found]


def _of_drafts(tx: Transaction, look: Look, transfer: Transfer, ended: list[str]) -> list[Finding]:
    """What was typed for a task that ends goes on only where a person chose another task for it."""
    lost = {row.work_item_id for row in move_rows.drafts_of(tx, ended)} - transfer.carried.keys()
    tasks = [look.before.tasks[one] for one in lost]
    return [Finding("draft_lost", task.element.process_id, task.element.id) for task in tasks]


def _asks_otherwise(was: WaitingTask, now: WaitingTask) -> bool:
    return (was.role, was.organisation, was.element.purpose) != (now.role, now.organisation, now.element.purpose)


def _form(release: Release, task: WaitingTask) -> object:
    form = release.mechanism.forms.get(task.element.form or task.element.id)
    return form.source if form else None
