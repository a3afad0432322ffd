"""Clocks that begin cases, as rows: set once for the release in force, moved on by whichever worker fires them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.releases import mechanism_release, start_clock

Values = dict[str, Any]


def set_for(tx: Connection, release_id: str, rows: Sequence[Values], now: datetime) -> bool:
    """Let these clocks stand in place of all others; False where this release's were set before."""
    unset = sa.and_(mechanism_release.c.id == release_id, mechanism_release.c.clocks_set_at.is_(None))
    if tx.execute(sa.update(mechanism_release).where(unset).values(clocks_set_at=now)).rowcount != 1:
        return False
    tx.execute(sa.delete(start_clock))
    if rows:
        tx.execute(sa.insert(start_clock), list(rows))
    return True


def due(tx: Connection, now: datetime, limit: int) -> Sequence[Row[Any]]:
    query = sa.select(start_clock).where(start_clock.c.due_at <= now).order_by(start_clock.c.due_at, start_clock.c.id)
    return tx.execute(query.limit(limit)).all()


def move_on(tx: Connection, row: Row[Any], after: Values | None) -> bool:
    """Take this firing: the clock stands at its next one, or is gone; False where another worker was quicker."""
    same = sa.and_(start_clock.c.id == row.id, start_clock.c.due_at == row.due_at)
    if after is None:
        return tx.execute(sa.delete(start_clock).where(same)).rowcount == 1
    return tx.execute(sa.update(start_clock).where(same).values(**after)).rowcount == 1
