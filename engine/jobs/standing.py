"""Cases that stood still before a step said so at once: found when a worker starts, and said to operators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import incidents
from engine.persistence import case_rows
from engine.releases import mechanism_of
from engine.text import Text

if TYPE_CHECKING:
    from engine.application import Ihala


def tell_standing(ihala: Ihala) -> int:
    """An incident for each open case that waits for no task, clock or message and has none yet; how many."""
    with ihala.database.reading() as tx:
        standing = case_rows.standing_still(tx)
    return sum(_tell(ihala, case_id) for case_id in standing)


def _tell(ihala: Ihala, case_id: str) -> int:
    """Looked at once more under the case's lock: it may have gone on, or another worker may have told."""
    with ihala.database.writing() as tx:
        case = case_rows.lock(tx, case_id)
        if case is None or case_id not in case_rows.standing_still(tx, case_id):
            return 0
        stage = mechanism_of(ihala, tx, case.release_id).mechanism.processes.get(case.stage)
        incidents.write_standstill(tx, case_id, stage.name if stage else Text(case.stage), ihala.clock.now())
    return 1
