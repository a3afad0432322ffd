"""Where what has no place any more may go on: the steps of the new diagrams that a person can choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.access import Actor, NotFound
from engine.execution import Element
from engine.persistence import move_rows
from engine.releases import mechanism_of
from engine.studio.people import check_owner
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala

OFFERED = ("Task", "task", "Event", "subProcess", "callActivity")
NEVER = frozenset({"startEvent", "boundaryEvent"})


def choices(ihala: Ihala, actor: Actor, run_id: str) -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Processes of the release moved to, the run's own first, with their steps. Raises `NotAllowed`, `NotFound`."""
    check_owner(actor)
    with ihala.database.reading() as tx:
        run = move_rows.run(tx, run_id)
        if run is None:
            raise NotFound
        mechanism = mechanism_of(ihala, tx, run.release_id).mechanism
    standing = {process for process, _ in run.standing}
    processes = [one for one in mechanism.processes.values() if one.id == run.process_id or one.id in standing]
    processes.sort(key=lambda one: one.id not in standing)
    return [(one.name, [_named(e) for e in one.elements.values() if _is_offered(e)]) for one in processes]


def _is_offered(element: Element) -> bool:
    return element.kind.endswith(OFFERED) and element.kind not in NEVER


def _named(element: Element) -> tuple[str, Text]:
    return element.id, element.name or Text(element.id)
