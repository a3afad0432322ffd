"""The page of one task: its form, what was typed before, what happened that the actor may know, what happens next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from engine import journal, record
from engine.access import Actor, NotFound, Sightline
from engine.completing import AssignedToAnother, SecondPersonNeeded, refuse_first_person, refuse_unless_open
from engine.execution import Element, NoLongerWaiting
from engine.persistence import Row, Transaction, case_rows, item_rows, record_rows, team_rows
from engine.releases import Release, mechanism_of
from engine.steps import CaseIsOver, StaleStep, key_of, restore
from engine.text import Text
from engine.vault import CaseKey
from engine.views import AnswerRow, ItemRow, RecordRow, TaskView
from engine.wording import NOTHING
from engine.worklist import element_of, item_row

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.forms import Form

BEFORE_ROWS = 30
"""How much of what happened before stands on the page of a task."""


def open_task(ihala: Ihala, actor: Actor, item_id: str) -> TaskView:
    """The page of an open task; its read entry is committed before it is shown. Raises `NotFound`, `StaleItem`."""
    with ihala.database.writing() as tx:
        _log(ihala, tx, actor, item_id)
    with ihala.database.reading() as tx:
        item = item_rows.shown(tx, item_id, actor.seats)
        if item is None:
            raise NotFound
        return _view(ihala, tx, actor, item)


def typed_before(ihala: Ihala, actor: Actor, item_id: str) -> tuple[ItemRow, Form | None, dict[str, list[str]]]:
    """What this actor typed for a task in whatever status, with the form it was typed in. Raises `NotFound`."""
    with ihala.database.reading() as tx:
        item = item_rows.shown(tx, item_id, actor.seats)
        if item is None:
            raise NotFound
        release, key = mechanism_of(ihala, tx, item.release_id), key_of(ihala, tx, item.case_id)
        form = record.form_of(release, element_of(release, item.process_id, item.element)[0])
        draft = _draft(tx, item, key, actor)[0] if key else None
        return item_row(ihala, tx, item, actor, ihala.clock.now()), form, draft or {}


def _log(ihala: Ihala, tx: Transaction, actor: Actor, item_id: str) -> None:
    item = item_rows.shown(tx, item_id, actor.seats)
    if item is None:
        raise NotFound
    release = mechanism_of(ihala, tx, item.release_id)
    refuse_unless_open(tx, item, release)
    now = ihala.clock.now()
    if item.seen_at is None:
        item_rows.change(tx, item.id, {"seen_at": now})
    who = (actor.account_id, item.organisation_id, item.role)
    entry = journal.Entry("task_read", now, *who, item.element, item.process_id)
    journal.append(tx, ihala.vault, journal.of_case(item.case_id), entry)


def _view(ihala: Ihala, tx: Transaction, actor: Actor, item: Row[Any]) -> TaskView:
    case, key = case_rows.read(tx, item.case_id), key_of(ihala, tx, item.case_id)
    if case is None or key is None:
        raise CaseIsOver
    release, now = mechanism_of(ihala, tx, item.release_id), ihala.clock.now()
    element = release.mechanism.processes[item.process_id].elements[item.element]
    is_mine, is_free = item.assignee_id == actor.account_id, item.assignee_id is None
    why_not = _why_not(tx, item, element, release, actor)
    draft, saved_at = _draft(tx, item, key, actor)
    readable = _readable(ihala, tx, case, release, key, actor, item)
    return TaskView(
        item=item_row(ihala, tx, item, actor, now),
        form=record.form_of(release, element),
        instructions=element.documentation,
        variables=_variables(ihala, tx, case, key, item.id),
        draft=draft,
        draft_saved_at=saved_at,
        note=key.open(item.note, "work_item", item.id).decode() if item.note else "",
        happens_next=happens_next(release, element),
        identity=_identity(readable),
        before=readable[-BEFORE_ROWS:],
        may_claim=is_free,
        may_complete=not why_not,
        may_hand_back=is_mine,
        may_take_over=not (is_mine or is_free),
        why_not=why_not,
    )


def _variables(ihala: Ihala, tx: Transaction, case: Row[Any], key: CaseKey, item_id: str) -> dict[str, object]:
    """What expressions of the form can see; the live instance is put back as it was."""
    live = restore(ihala, tx, case, key)
    try:
        seen = dict(live.instance.visible_variables(item_id))
    except NoLongerWaiting as error:  # somebody completed it between our two looks
        raise StaleStep from error
    ihala.live.put(case.id, case.revision, key.generation, live)
    return seen


def _why_not(tx: Transaction, item: Row[Any], element: Element, release: Release, actor: Actor) -> Text:
    if item.assignee_id not in (None, actor.account_id):
        return AssignedToAnother(who=item.assignee or "").text
    try:
        refuse_first_person(tx, item, element, release, actor.account_id)
    except SecondPersonNeeded as refusal:
        return refusal.text
    return Text("")


def _draft(
    tx: Transaction, item: Row[Any], key: CaseKey, actor: Actor
) -> tuple[dict[str, list[str]] | None, datetime | None]:
    row = record_rows.read_draft(tx, item.id, actor.account_id)
    if row is None:
        return None, None
    content = key.open(row.sealed, "draft", f"{item.id}/{actor.account_id}")
    return orjson.loads(content), row.saved_at


def _readable(
    ihala: Ihala, tx: Transaction, case: Row[Any], release: Release, key: CaseKey, actor: Actor, item: Row[Any]
) -> list[RecordRow]:
    team = [(row.organisation_id, row.role) for row in team_rows.team(tx, case.id)]
    refused = team_rows.refused_purposes(tx, case.id)
    sightline = Sightline(actor, team, [(item.organisation_id, item.role)], release, case.stage, refused)
    if sightline.is_counts_only:
        return []
    rows = record_rows.of_case(tx, case.id)
    return record.readable(ihala, tx, rows, key, sightline)


def _identity(rows: list[RecordRow]) -> list[AnswerRow]:
    """The latest answer to each question that tells who the person is: names first, then as they were first asked."""
    latest = {one.key: one for row in rows for one in row.answers if one.is_identity and one.value != NOTHING}
    return sorted(latest.values(), key=lambda one: one.classification != "identifying")


def happens_next(release: Release, element: Element) -> list[Text]:
    """Names of what follows the task on the diagram; through a gateway, all that may follow."""
    process = release.mechanism.processes[element.process_id]
    following: dict[str, list[str]] = {}
    for source, target in process.flows.values():
        following.setdefault(source, []).append(target)
    found, passed, to_visit = [], {element.id}, list(following.get(element.id, ()))
    while to_visit:
        one = to_visit.pop(0)
        if one in passed:
            continue
        passed.add(one)
        node = process.elements.get(one)
        if node is None or "gateway" in node.kind.lower() or not node.name:
            to_visit += following.get(one, ())
        else:
            found.append(node.name)
    return found
