"""Cases that nobody opens: begun by a message or signal, or by a clock, at a start event of the release in force."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from engine.cases import Begin, write_case
from engine.deliveries import AlreadyHanded, content_of, written
from engine.execution import Beginning
from engine.persistence import Row, Transaction, clock_rows
from engine.releases import Release
from engine.step import Doer
from engine.steps import start_case
from engine.vault import CaseKey

if TYPE_CHECKING:
    from engine.application import Ihala

BEGINNING = "beginning"
"""The kind of a delivery that is a signal's part for one process."""


def beginnings_with(release: Release, kind: str, name: str) -> list[tuple[str, Beginning]]:
    """(process, start event) of every process that begins with this message or signal."""
    processes = release.mechanism.processes.values()
    return [(p.id, one) for p in processes for one in p.beginnings if one.kind == kind and one.name == name]


def beginnings_of(release: Release, row: Row[Any]) -> list[tuple[str, Beginning]]:
    """What a delivery may begin: a message whatever starts with it, the part of a signal its one process."""
    if row.kind != BEGINNING:
        return beginnings_with(release, row.kind, row.name)
    process_id, _, name = row.name.partition(" ")
    return [(found, one) for found, one in beginnings_with(release, "signal", name) if found == process_id]


def beginning_of(ihala: Ihala, row: Row[Any], process_id: str) -> dict[str, Any]:
    """A signal's part for one process that begins with it: a delivery of its own, so that it begins one case."""
    payload, _ = content_of(ihala, row)
    return written(ihala, uuid4().hex, BEGINNING, f"{process_id} {row.name}", payload, {})


def begin_case(ihala: Ihala, release: Release, process_id: str, beginning: Beginning, row: Row[Any]) -> None:
    """A case of the process, begun by the delivery; its row is handed over in the same transaction.

    Raises `AlreadyHanded` where another worker was quicker, `StepFailed`.
    """
    payload, keys = content_of(ihala, row)

    def taken(tx: Transaction) -> None:
        if not clock_rows.hand_delivery(tx, row.id):
            raise AlreadyHanded

    begin_at(ihala, release, process_id, beginning.node, taken, payload, keys)


def begin_at(
    ihala: Ihala,
    release: Release,
    process_id: str,
    node: str,
    taken: Callable[[Transaction], None],
    payload: Mapping[str, object] | None = None,
    keys: Mapping[str, object] | None = None,
) -> None:
    """A case of the process from this start event on. `taken` takes what begins it, in the same transaction.

    Raises what `taken` raises, `StepFailed`, `OperationFailed`.
    """

    def opened(tx: Transaction) -> tuple[Row[Any], CaseKey]:
        taken(tx)
        return write_case(ihala, tx, release, process_id, Doer())

    start_case(
        ihala,
        opened,
        Begin(process_id, node.split("::", 1)[0]),
        Doer(),
        lambda chosen, surroundings: chosen.mechanism.start(
            process_id, {}, surroundings, at=node, payload=payload or {}, keys=keys or {}
        ),
    )
