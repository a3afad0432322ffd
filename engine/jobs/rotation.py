"""After a rotation of the installation's key: wraps every case's key anew; what those keys sealed is not touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.persistence import case_rows
from engine.vault import WrappedKey

if TYPE_CHECKING:
    from engine.application import Ihala

BATCH = 500
"""Keys in one transaction, so that no step waits long."""


def rewrap_keys(ihala: Ihala) -> int:
    """Wrap with the present key whatever an older one still wraps; how many. The blind index stays under the oldest."""
    many = 0
    while batch := _rewrap(ihala):
        many += batch
    return many


def _rewrap(ihala: Ihala) -> int:
    with ihala.database.writing() as tx:
        rows = case_rows.keys_wrapped_otherwise(tx, ihala.vault.present, BATCH)
        for row in rows:
            new = ihala.vault.rewrap(WrappedKey(row.case_id, row.generation, row.wrapped_by, row.wrapped))
            case_rows.replace_key(tx, row.case_id, {"wrapped_by": new.wrapped_by, "wrapped": new.wrapped})
    return len(rows)
