"""Cases that a message begins: nobody waits for it, and one process of the release in force starts with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine import journal
from engine.cases import write_case
from engine.deliveries import AlreadyHanded, content_of
from engine.execution import Beginning
from engine.persistence import Row, Transaction, clock_rows
from engine.releases import Release
from engine.step import Doer, Step
from engine.steps import start_case
from engine.vault import CaseKey

if TYPE_CHECKING:
    from engine.application import Ihala


def beginnings_with(release: Release, kind: str, name: str) -> list[tuple[str, Beginning]]:
    """(process, start event) of every process that begins with this message or signal."""
    processes = release.mechanism.processes.values()
    return [(p.id, one) for p in processes for one in p.beginnings if one.kind == kind and one.name == name]


def begin_case(ihala: Ihala, release: Release, process_id: str, beginning: Beginning, row: Row[Any]) -> None:
    """A case of the process, begun by the delivery; its row is handed over in the same transaction.

    Raises `AlreadyHanded` where another worker was quicker, `StepFailed`.
    """
    payload, keys = content_of(ihala, row)

    def opened(tx: Transaction) -> tuple[Row[Any], CaseKey]:
        if not clock_rows.hand_delivery(tx, row.id):
            raise AlreadyHanded
        return write_case(ihala, tx, release, process_id, Doer())

    act = BeginByMessage(process_id, beginning.element)
    start_case(
        ihala,
        opened,
        act,
        Doer(),
        lambda chosen, surroundings: chosen.mechanism.start(
            process_id, {}, surroundings, at=beginning.node, payload=payload, keys=keys
        ),
    )


@dataclass(slots=True)
class BeginByMessage:
    """The act of a message that starts a case: nobody's organisation joins by it, routing finds who is asked."""

    process_id: str
    element: str
    kind: str = "start"
    done_item_id: str | None = None

    @property
    def subject_id(self) -> str:
        return self.process_id

    def recheck(self, step: Step) -> None:
        return None

    def run(self, step: Step) -> None:
        return None

    def entry(self, step: Step) -> journal.Entry:
        return journal.Entry("case_opened", step.now, element=self.element, process_id=self.process_id, content={})

    def to_repeat(self) -> dict[str, Any]:
        return {"process": self.process_id}
