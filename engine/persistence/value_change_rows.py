"""Changes of a case's variables that one operator proposed and another has to approve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import case
from engine.persistence.tables.people import account
from engine.persistence.tables.work import value_change

OPEN = value_change.c.decided_at.is_(None)


def insert(tx: Connection, values: dict[str, Any]) -> None:
    tx.execute(sa.insert(value_change).values(**values))


def read_open(tx: Connection, change_id: str) -> Row[Any] | None:
    """The proposal, while nobody has decided on it."""
    return tx.execute(sa.select(value_change).where(value_change.c.id == change_id, OPEN)).first()


def open_changes(tx: Connection, limit: int) -> Sequence[Row[Any]]:
    """Proposals that wait, oldest first, with the case's number and release and who proposed."""
    query = sa.select(value_change, case.c.number, case.c.release_id, account.c.name.label("proposer"))
    query = query.join(case, case.c.id == value_change.c.case_id)
    query = query.join(account, account.c.id == value_change.c.proposed_by).where(OPEN)
    return tx.execute(query.order_by(value_change.c.at, value_change.c.id).limit(limit)).all()


def decide(tx: Connection, change_id: str, now: datetime, by: str, *, approved: bool) -> bool:
    """Close the proposal; False where somebody else has decided meanwhile."""
    here = sa.and_(value_change.c.id == change_id, OPEN)
    said = {"decided_at": now, "decided_by": by, "is_approved": approved, "sealed": None}
    return tx.execute(sa.update(value_change).where(here).values(**said)).rowcount == 1
