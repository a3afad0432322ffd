"""Correcting a submitted answer, by its author or whoever answers for the case: the earlier one stays in the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from engine import journal, record
from engine.access import Actor, NotAllowed, NotFound
from engine.cases import seen_case
from engine.errors import Refusal
from engine.execution import Element, NoLongerWaiting
from engine.forms import Accepted
from engine.persistence import Row, item_rows, record_rows
from engine.releases import Release, mechanism_of
from engine.step import Doer, Step
from engine.steps import take_step
from engine.telling import completed
from engine.text import Text
from engine.views import Completed

if TYPE_CHECKING:
    from engine.application import Ihala


class ReasonNeeded(Refusal):
    sentence = Text("Say why the answer is corrected.", "يُرجى ذكر سبب تصحيح الإجابة.")


def correct_answer(ihala: Ihala, actor: Actor, entry_id: str, answers: Mapping[str, object], reason: str) -> Completed:
    """Replace the answers of one entry of the record; the case goes on as if they had been given, work that no longer
    stands on its way is cancelled. Raises `NotFound`, `NotAllowed`, `ReasonNeeded`, `FormErrors`, `StepUndone`.
    """
    if not reason.strip():
        raise ReasonNeeded
    with ihala.database.reading() as tx:
        entry = record_rows.read(tx, entry_id)
        case, sightline = seen_case(ihala, tx, actor, entry.case_id if entry else "")
        if entry is None:
            raise NotFound
        if entry.by != actor.account_id and not sightline.is_whole:
            charter = mechanism_of(ihala, tx, case.release_id).charter
            raise NotAllowed(expected=charter.role(charter.fallback_role).title)
    act = Correct(entry_id, answers, reason)
    taken = take_step(ihala, entry.case_id, act, Doer.of(actor, *sightline.seats[0]))
    return completed(ihala, actor, act.element.name, taken)


@dataclass(slots=True)
class Correct:
    """The act of correcting the answers of one visit."""

    entry_id: str
    answers: Mapping[str, object]
    reason: str
    kind: str = "correct"
    done_item_id: str | None = None
    former: Row[Any] = field(init=False)
    item: Row[Any] = field(init=False)
    release: Release = field(init=False)
    """Under which the answer was given."""
    element: Element = field(init=False)
    accepted: Accepted = field(init=False)

    @property
    def subject_id(self) -> str:
        return self.entry_id

    def recheck(self, step: Step) -> None:
        former = record_rows.read(step.tx, self.entry_id)
        item = item_rows.read(step.tx, former.work_item_id) if former else None
        if former is None or item is None:
            raise NotFound
        self.former, self.item = former, item
        self.release = mechanism_of(step.ihala, step.tx, former.release_id)
        self.element = self.release.mechanism.processes[former.process_id].elements[former.element]

    def run(self, step: Step) -> None:
        form = record.form_of(self.release, self.element)
        if form is None:
            self.accepted = Accepted({}, {})
        else:
            zone = self.release.mechanism.time_zone
            self.accepted = form.accept(self.answers, self._seen(step), now=step.now, zone=zone)
        step.instance.correct(self.item.id, self.accepted.variables)

    def _seen(self, step: Step) -> Mapping[str, object]:
        """What the form could see; the scope of a task long done may be gone, then what the whole case sees."""
        try:
            return step.instance.visible_variables(self.item.id)
        except NoLongerWaiting:
            return step.instance.variables

    def entry(self, step: Step) -> journal.Entry:
        kept: dict[str, Any] = {"item": self.item.id, "corrects": self.entry_id, "reason": self.reason}
        if not step.world.is_forgotten:
            answers, corrects = self.accepted.record, self.entry_id
            kept["entry"] = record.write(step, self.element, self.item, answers, corrects, self.release)
        doer, element = step.doer, self.element
        who = (doer.account_id, doer.organisation_id, doer.role)
        return journal.Entry("answer_corrected", step.now, *who, element.id, element.process_id, kept)

    def to_repeat(self) -> dict[str, Any]:
        return {"answers": orjson.loads(record.pack(self.answers)), "reason": self.reason}
