"""Commands on one task: open it, claim, hand back, take over, keep a draft, complete it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson

from engine import journal, record
from engine.access import Actor, NotAllowed, NotFound
from engine.completing import AssignedToAnother, Complete, SecondPersonNeeded, StaleItem, refuse_unless_open
from engine.persistence import Row, Transaction, item_rows, notice_rows, record_rows, team_rows
from engine.releases import mechanism_of
from engine.step import Doer
from engine.steps import CaseIsOver, StepUndone, key_of, take_step_of_item
from engine.telling import completed
from engine.text import Text
from engine.vault import CaseKey
from engine.views import Completed, Priority
from engine.waiting import PRIORITIES

if TYPE_CHECKING:
    from engine.application import Ihala


def complete_task(ihala: Ihala, actor: Actor, item_id: str, answers: Mapping[str, object]) -> Completed:
    """Complete the task with typed answers and let the case go on.

    Raises `NotFound`, `StaleItem`, `AssignedToAnother`, `SecondPersonNeeded`, `FormErrors`, `StepUndone`. Where the
    task still waits, the answers are kept as the actor's draft.
    """
    act = Complete(item_id, answers, actor)
    try:
        taken = take_step_of_item(ihala, item_id, act, Doer(actor.account_id))
    except (CaseIsOver, StaleItem):
        with ihala.database.reading() as tx:
            _visible(tx, actor, item_id)
        raise
    except (AssignedToAnother, SecondPersonNeeded, StepUndone):
        _keep_answers(ihala, actor, item_id, answers)
        raise
    return completed(ihala, actor, act.element.name, taken)


def claim(ihala: Ihala, actor: Actor, item_id: str) -> None:
    """Make the task the actor's own. Raises `AssignedToAnother` where a colleague was quicker, `StaleItem`."""
    with ihala.database.writing() as tx:
        item, key = _workable(ihala, tx, actor, item_id)
        if item.assignee_id == actor.account_id:
            return
        _assign(ihala, tx, actor, item, None)
        notice_rows.read_of_item(tx, actor.account_id, item.id, ihala.clock.now())
        _note(ihala, tx, actor, item, key, "task_claimed")


def hand_back(ihala: Ihala, actor: Actor, item_id: str, note: str) -> None:
    """Give the task back to the colleagues in the role; the note is for whoever takes it next."""
    with ihala.database.writing() as tx:
        item, key = _workable(ihala, tx, actor, item_id)
        if item.assignee_id != actor.account_id:
            raise NotAllowed(expected=Text("whoever has claimed the task", "من استلم المهمة"))
        sealed = key.seal(note.encode(), "work_item", item.id) if note else None
        item_rows.assign(tx, item.id, actor.account_id, {"assignee_id": None, "claimed_at": None, "note": sealed})
        _note(ihala, tx, actor, item, key, "task_handed_back", note)


def take_over(ihala: Ihala, actor: Actor, item_id: str, note: str) -> None:
    """Take a task that a colleague has claimed; the colleague is told by a notice."""
    with ihala.database.writing() as tx:
        item, key = _workable(ihala, tx, actor, item_id)
        if item.assignee_id == actor.account_id:
            return
        before = item.assignee_id
        _assign(ihala, tx, actor, item, before)
        _note(ihala, tx, actor, item, key, "task_taken_over", note)
        if before is not None:
            now, people = ihala.clock.now(), ihala.staffing.now(tx).people_in(item.organisation_id, item.role)
            told = [one for one in people if one.id == before]
            notice_rows.tell(tx, told, "taken_over", now, item.case_id, item.element, item.id)


def prioritise(ihala: Ihala, actor: Actor, item_id: str, priority: Priority) -> None:
    """Mark the task as `immediate`, `high` or `normal`."""
    with ihala.database.writing() as tx:
        item, key = _workable(ihala, tx, actor, item_id)
        item_rows.change(tx, item.id, {"priority": PRIORITIES.index(priority)})
        _note(ihala, tx, actor, item, key, "task_prioritised", priority)


def save_draft(ihala: Ihala, actor: Actor, item_id: str, posted: Mapping[str, list[str]]) -> None:
    """Keep what was typed, as it was typed, for this actor; sealed under the case's key."""
    with ihala.database.writing() as tx:
        item, key = _workable(ihala, tx, actor, item_id)
        _save_draft(ihala, tx, actor, item, key, posted)


def _save_draft(
    ihala: Ihala, tx: Transaction, actor: Actor, item: Row[Any], key: CaseKey, posted: Mapping[str, list[str]]
) -> None:
    content = orjson.dumps({name: list(values) for name, values in posted.items()})
    sealed = key.seal(content, "draft", f"{item.id}/{actor.account_id}")
    values = {"work_item_id": item.id, "account_id": actor.account_id, "case_id": item.case_id}
    record_rows.save_draft(tx, {**values, "sealed": sealed, "saved_at": ihala.clock.now()})


def _keep_answers(ihala: Ihala, actor: Actor, item_id: str, answers: Mapping[str, object]) -> None:
    """Typed answers of a task that could not be completed now, as they would have been typed."""
    with ihala.database.writing() as tx:
        item, key = _workable(ihala, tx, actor, item_id)
        release = mechanism_of(ihala, tx, item.release_id)
        form = record.form_of(release, release.mechanism.processes[item.process_id].elements[item.element])
        if form is not None:
            typed = form.as_typed(answers, now=ihala.clock.now(), zone=release.mechanism.time_zone)
            _save_draft(ihala, tx, actor, item, key, typed)


def _visible(tx: Transaction, actor: Actor, item_id: str) -> Row[Any]:
    """The item, in whatever status; `NotFound` where it is absent or not the actor's, by the same one query."""
    item = item_rows.shown(tx, item_id, actor.seats)
    if item is None:
        raise NotFound
    return item


def _workable(ihala: Ihala, tx: Transaction, actor: Actor, item_id: str) -> tuple[Row[Any], CaseKey]:
    """The open item and its case's key, after rechecking that the actor still holds the seat."""
    item = _visible(tx, actor, item_id)
    if not team_rows.still_sits(tx, actor.account_id, [(item.organisation_id, item.role)]):
        raise NotFound
    refuse_unless_open(tx, item, mechanism_of(ihala, tx, item.release_id))
    key = key_of(ihala, tx, item.case_id)
    if key is None:
        raise CaseIsOver
    return item, key


def _assign(ihala: Ihala, tx: Transaction, actor: Actor, item: Row[Any], before: str | None) -> None:
    """Compare and set; raises `AssignedToAnother` or `StaleItem` where somebody was quicker."""
    now = ihala.clock.now()
    values = {"assignee_id": actor.account_id, "claimed_at": now, "seen_at": now}
    if item_rows.assign(tx, item.id, before, values):
        return
    present = item_rows.read(tx, item.id)
    if present is None:
        raise NotFound
    refuse_unless_open(tx, present, mechanism_of(ihala, tx, item.release_id))
    raise AssignedToAnother(who=team_rows.account_name(tx, present.assignee_id))


def _note(
    ihala: Ihala, tx: Transaction, actor: Actor, item: Row[Any], key: CaseKey, event: str, note: str = ""
) -> None:
    who = (actor.account_id, item.organisation_id, item.role)
    content = {"item": item.id, **({"note": note} if note else {})}
    entry = journal.Entry(event, ihala.clock.now(), *who, item.element, item.process_id, content)
    journal.append(tx, ihala.vault, journal.of_case(item.case_id), entry, key)


__all__ = [
    "AssignedToAnother",
    "SecondPersonNeeded",
    "StaleItem",
    "claim",
    "complete_task",
    "hand_back",
    "prioritise",
    "save_draft",
    "take_over",
]
