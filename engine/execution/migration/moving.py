"""One move of a running instance, from the diagrams it is on to others, until every token waits again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from engine.execution.acting import run_on
from engine.execution.failures import StepFailed
from engine.execution.migration.plan import NO_PROCESS, CannotMove, Hindrance, Plan
from engine.execution.migration.transfer import Transfer
from engine.execution.running.workflows import TopFlow

if TYPE_CHECKING:
    from engine.execution.mechanism import Mechanism

Top = TypeVar("Top", bound=TopFlow)


def moved(old: Top, mechanism: Mechanism, plan: Plan) -> tuple[Top, Transfer]:
    """The instance on the other diagrams. Raises `CannotMove`; `old` is to be thrown away then too."""
    process_id = old.scope.process_id
    if process_id not in mechanism.processes:
        raise CannotMove([Hindrance(process_id, process_id, NO_PROCESS.format(element=process_id), is_choice=False)])
    new = type(old)(mechanism.specs, process_id, old.surroundings, old.ledger, mechanism.decide)
    new.results, new.performed = old.results, old.performed
    transfer = Transfer(old, new, plan)
    try:
        transfer.carry()
        for flow in new.flows():
            flow.settle()
        run_on(new)
    except StepFailed as failed:
        hindrance = Hindrance(process_id, failed.element, failed.reason, is_choice=False)
        raise CannotMove([hindrance]) from failed
    return new, transfer
