"""Cases that a message begins: nobody waits for it, and one process of the release in force starts with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.cases import Begin, write_case
from engine.deliveries import AlreadyHanded, content_of
from engine.execution import Beginning
from engine.persistence import Row, Transaction, clock_rows
from engine.releases import Release
from engine.step import Doer
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

    act = Begin(process_id, beginning.element)
    start_case(
        ihala,
        opened,
        act,
        Doer(),
        lambda chosen, surroundings: chosen.mechanism.start(
            process_id, {}, surroundings, at=beginning.node, payload=payload, keys=keys
        ),
    )
