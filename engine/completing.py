"""Completing a task as a step of its case: who may, what the form accepts, what the record keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from engine import journal, record
from engine.access import Actor, NotFound
from engine.errors import Refusal
from engine.execution import Element
from engine.forms import Accepted
from engine.persistence import Row, Transaction, item_rows, step_rows, team_rows
from engine.releases import Release
from engine.step import Doer, Step
from engine.text import Text
from engine.wording import moment


class StaleItem(Refusal):
    """Somebody was quicker, or the process went another way. `answers` are what was typed, to be shown again."""

    sentence = Text(
        "{who} finished this task on {at}. Your answers were not used; they stand below.",
        "أنجز {who} هذه المهمة في {at}. لم تُستخدم إجاباتكم، وهي مبيّنة أدناه.",
    )


class NoLongerNeeded(StaleItem):
    sentence = Text(
        "This task is no longer needed: the case went on without it on {at}. Your answers stand below.",
        "لم تعد هذه المهمة مطلوبة: تجاوزها سير الملف في {at}. إجاباتكم مبيّنة أدناه.",
    )


class AssignedToAnother(Refusal):
    sentence = Text(
        "{who} has claimed this task. You can take it over with a note.",
        "استلم {who} هذه المهمة. يمكنكم تولّيها مع ذكر السبب.",
    )


class SecondPersonNeeded(Refusal):
    sentence = Text(
        "You completed '{first}'. This task needs a second person: a colleague in the same role must do it.",
        "سبق أن أنجزتم '{first}'. تحتاج هذه المهمة إلى شخص ثانٍ: يجب أن ينجزها زميل يشغل الدور نفسه.",
    )


def refuse_unless_open(tx: Transaction, item: Row[Any], release: Release) -> None:
    """Raises `StaleItem` or `NoLongerNeeded` for an item that is done or cancelled."""
    if item.status == "open":
        return
    at = moment(item.done_at, release.mechanism.time_zone)
    if item.status == "done":
        raise StaleItem(who=team_rows.account_name(tx, item.done_by), at=at)
    raise NoLongerNeeded(at=at)


def refuse_first_person(tx: Transaction, item: Row[Any], element: Element, release: Release, account_id: str) -> None:
    """The second person (`ihala:notBy`): whoever completed that task last may not complete this one."""
    if not element.not_by:
        return
    if item_rows.last_done_by(tx, item.case_id, element.not_by) == account_id:
        elements = release.mechanism.processes[element.process_id].elements
        first = elements.get(element.not_by)
        raise SecondPersonNeeded(first=first.name if first else element.not_by)


@dataclass(slots=True)
class Complete:
    """The act of completing one task with typed answers."""

    item_id: str
    answers: Mapping[str, object]
    actor: Actor
    kind: str = "complete"
    item: Row[Any] = field(init=False)
    element: Element = field(init=False)
    accepted: Accepted = field(init=False)

    @property
    def subject_id(self) -> str:
        return self.item_id

    @property
    def done_item_id(self) -> str:
        return self.item_id

    def recheck(self, step: Step) -> None:
        """Raises `NotFound`, `StaleItem`, `AssignedToAnother`, `SecondPersonNeeded`."""
        item = step_rows.item(step.tx, self.item_id, self.actor.account_id, journal.of_case(step.case.id))
        if item is None or item.status == "held" or not self.actor.sits(item.organisation_id, item.role):
            raise NotFound
        if not item.still_sits:
            raise NotFound
        refuse_unless_open(step.tx, item, step.release)
        if item.assignee_id not in (None, self.actor.account_id):
            raise AssignedToAnother(who=team_rows.account_name(step.tx, item.assignee_id))
        self.item = step.item = item
        step.journal_end = journal.End(item.journal_sequence, item.journal_mac)
        step.may_have_incident = item.has_incident
        step.doer = Doer.of(self.actor, item.organisation_id, item.role)
        self.element = step.release.mechanism.processes[item.process_id].elements[item.element]
        refuse_first_person(step.tx, item, self.element, step.release, self.actor.account_id)

    def run(self, step: Step) -> None:
        """Raises `FormErrors` where the answers do not fit."""
        form = record.form_of(step.release, self.element)
        if form is None:
            self.accepted = Accepted({}, {})
        else:
            seen = step.instance.visible_variables(self.item_id)
            zone = step.release.mechanism.time_zone
            self.accepted = form.accept(self.answers, seen, now=step.now, zone=zone)
        step.instance.complete(self.item_id, self.accepted.variables)

    def entry(self, step: Step) -> journal.Entry:
        kept: dict[str, Any] = {"item": self.item_id, "visit": self.item.visit}
        if step.world.is_forgotten:  # nothing follows that would end it
            item_rows.end(step.tx, [self.item_id], "done", step.now, step.doer.account_id)
        else:
            kept["entry"] = record.write(step, self.element, self.item, self.accepted.record)
        doer, element = step.doer, self.element
        who = (doer.account_id, doer.organisation_id, doer.role)
        return journal.Entry("task_completed", step.now, *who, element.id, element.process_id, kept)

    def to_repeat(self) -> dict[str, Any]:
        return {"item": self.item_id, "answers": orjson.loads(record.pack(self.answers))}
