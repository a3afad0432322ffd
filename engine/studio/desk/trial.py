"""A move that is only tried: the case is restored aside, moved in memory, looked at, and thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.execution import Element, Instance
from engine.execution.migration.plan import CannotMove, Plan
from engine.operations import Values
from engine.persistence import Row, Transaction
from engine.releases import calendar_of, mechanism_of
from engine.steps import key_of
from engine.studio.desk.verdict import Look, findings, hindered, status_of
from engine.surroundings import Moment, StepSurroundings
from engine.waiting import Waiting

if TYPE_CHECKING:
    from engine.application import Ihala
    from engine.releases import Release


class Aside(StepSurroundings):
    """Surroundings of a trial: what an operation would do is noted, and nothing is done."""

    def __init__(self) -> None:
        super().__init__()
        self.performed: list[tuple[str, str]] = []

    def perform(self, operation: str, inputs: Values, element: Element, path: tuple[str, ...]) -> Values:
        self.performed.append((element.process_id, element.id))
        return {}


def tried(ihala: Ihala, tx: Transaction, case: Row[Any], to: Release, plan: Plan) -> tuple[str, dict[str, Any]]:
    """What became of it (`moves`, `loses`, `cannot`) and what was found."""
    key = key_of(ihala, tx, case.id)
    if key is None:
        return "touched", {}
    old, now, aside = mechanism_of(ihala, tx, case.release_id), ihala.clock.now(), Aside()
    calendar = calendar_of(to, ihala.staffing.now(tx))
    state = key.open(case.state, "case", str(case.revision))
    with aside.during(Moment(now, calendar, None, lambda one: mechanism_of(ihala, tx, one).mechanism)):
        instance = Instance.restore(old.mechanism, state, aside)
        before = Waiting.of(instance)
        try:
            transfer = instance.move(to.mechanism, plan)
        except CannotMove as cannot:
            return "cannot", hindered(cannot)
        found = findings(tx, Look(old, to, before, Waiting.of(instance), now), transfer, aside.performed)
    return status_of(found), found
