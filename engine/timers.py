"""Clocks that are due: each fires in a step of its own, once, whichever worker finds it first."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine import journal
from engine.errors import Refusal
from engine.persistence import Row, clock_rows, step_rows
from engine.step import Doer, Step
from engine.steps import CaseIsOver, StaleStep, StepUndone, take_step
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


class NotDue(Refusal):
    """Fired by another worker, moved, cancelled or waiting for its incident: nothing is to be done."""

    sentence = Text("This clock is not due (any more).", "هذه المهلة غير مستحقة (أو لم تعد مستحقة).")


@dataclass(slots=True)
class Fire:
    """The act of a clock that runs out. `again`: an operator tries what an incident had stopped."""

    timer_id: str
    again: bool = False
    kind: str = "fire"
    done_item_id: str | None = None
    timer: Row[Any] = field(init=False)

    @property
    def subject_id(self) -> str:
        return self.timer_id

    def recheck(self, step: Step) -> None:
        timer = step_rows.clock(step.tx, self.timer_id, journal.of_case(step.case.id))
        statuses = ("pending", "stuck") if self.again else ("pending",)
        if timer is None or timer.status not in statuses or timer.due_at > step.now:
            raise NotDue
        self.timer = timer
        step.journal_end = journal.End(timer.journal_sequence, timer.journal_mac)
        step.may_have_incident = timer.status == "stuck"

    def run(self, step: Step) -> None:
        step.instance.fire(self.timer_id)

    def entry(self, step: Step) -> journal.Entry:
        content = {"timer": self.timer_id, "due_at": self.timer.due_at.isoformat()}
        return journal.Entry("clock_fired", step.now, element=self.timer.element, content=content)

    def to_repeat(self) -> dict[str, Any]:
        return {"timer": self.timer_id}


def fire_due(ihala: Ihala, limit: int = 200) -> int:
    """Fire the earliest that are due; how many fired. A failure becomes an incident and stops no other."""
    with ihala.database.reading() as tx:
        due = clock_rows.due(tx, ihala.clock.now(), limit)
    fired, has_company = 0, False
    for timer_id, case_id in _in_own_order(due):
        if has_company and not _is_pending(ihala, timer_id):
            continue  # a look is cheaper than a step that finds out
        try:
            take_step(ihala, case_id, Fire(timer_id), Doer())
            fired += 1
        except NotDue:
            has_company = True  # another worker fires clocks at this moment
        except (StaleStep, CaseIsOver, StepUndone):
            continue  # the case went another way, or an incident says why
    return fired


def _in_own_order(due: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of one case as they fell due, the cases by chance: workers in the same order would wait for each other."""
    of_case: dict[str, list[tuple[str, str]]] = {}
    for one in due:
        of_case.setdefault(one[1], []).append(one)
    cases = list(of_case.values())
    random.shuffle(cases)
    return [one for case in cases for one in case]


def _is_pending(ihala: Ihala, timer_id: str) -> bool:
    with ihala.database.reading() as tx:
        timer = clock_rows.read_timer(tx, timer_id)
    return timer is not None and timer.status == "pending"
