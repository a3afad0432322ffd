"""Going on without an operation that cannot be carried out: its outputs are declared by an operator, with a reason.

The operator is not in the case's team and sees nothing of it: the operation's name, what it should have answered, and
the sentence of the incident. The step is done again as by the person who did it first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import incidents, journal
from engine.access import Actor, NotFound
from engine.decisions.values import to_json
from engine.declared_values import declared_value, given_reason
from engine.errors import Refusal
from engine.operations import Operation
from engine.persistence import case_rows, notice_rows
from engine.retrying import Again, act_again
from engine.step import Act, Step
from engine.steps import take_step
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


class NothingToSkip(Refusal):
    sentence = Text(
        "Only an operation of a service task can be skipped. This incident stands elsewhere: it can be tried again.",
        "لا يمكن تخطي سوى عملية في مهمة خدمة. هذا العطل في موضع آخر: يمكن إعادة المحاولة.",
    )


def skippable(ihala: Ihala, actor: Actor, incident_id: str) -> Operation:
    """The operation whose outputs may be declared. Raises `NotAllowed`, `NotFound`, `NothingToSkip`."""
    incidents.check_operator(actor)
    with ihala.database.reading() as tx:
        row = notice_rows.read_incident(tx, incident_id)
        if row is None or row.resolved_at is not None:
            raise NotFound
        case = case_rows.read(tx, row.case_id) if row.case_id else None
        operation = incidents.operation_of(ihala, tx, case.release_id if case else None, row.element)
    if operation is None:
        raise NothingToSkip
    return operation


def skip(ihala: Ihala, actor: Actor, incident_id: str, outputs: Mapping[str, str], reason: str) -> None:
    """Do the step again with these outputs (FEEL values by name) in place of the operation's own.

    Raises as `skippable` and `retrying.retry` do, `ReasonMissing`, `ValueUnreadable`.
    """
    operation = skippable(ihala, actor, incident_id)
    said = given_reason(reason)
    declared = {name: declared_value(name, outputs.get(name, "")) for name in operation.outputs}
    again = act_again(ihala, incident_id)
    if not again.place:  # written by an earlier version, which did not keep it
        raise NothingToSkip
    take_step(ihala, again.case_id, Skipping(again.act, again, declared, said, actor.account_id), again.doer)


@dataclass(slots=True)
class Skipping:
    """An act done again, one operation of which is answered by an operator."""

    act: Act
    again: Again
    outputs: Mapping[str, object]
    reason: str
    operator_id: str

    @property
    def kind(self) -> str:
        return self.act.kind

    @property
    def subject_id(self) -> str:
        return self.act.subject_id

    @property
    def done_item_id(self) -> str | None:
        return self.act.done_item_id

    def recheck(self, step: Step) -> None:
        self.act.recheck(step)
        step.instance.declare(self.again.place, self.outputs)

    def run(self, step: Step) -> None:
        self.act.run(step)

    def entry(self, step: Step) -> journal.Entry:
        content = {"reason": self.reason, "outputs": {name: to_json(value) for name, value in self.outputs.items()}}
        said = journal.Entry(
            "operation_skipped", step.now, self.operator_id, element=self.again.element, content=content
        )
        journal.append(step.tx, step.ihala.vault, journal.of_case(step.case.id), said, step.key)
        return self.act.entry(step)

    def to_repeat(self) -> dict[str, Any]:
        return self.act.to_repeat()
