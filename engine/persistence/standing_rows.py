"""Where the cases of a release stand: figures by step, never a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.persistence.tables.cases import case
from engine.persistence.tables.work import incident, work_item


def waiting(tx: Connection, release_id: str, now: datetime) -> Sequence[Any]:
    """Per process and step: open items, those overdue, those held for a consent, and since when the oldest waits."""
    is_open = work_item.c.done_at.is_(None)
    overdue = sa.func.sum(sa.case((work_item.c.due_at <= now, 1), else_=0)).label("overdue")
    held = sa.func.sum(sa.case((work_item.c.status == "held", 1), else_=0)).label("held")
    oldest = sa.func.min(work_item.c.opened_at).label("oldest")
    columns = (work_item.c.process_id, work_item.c.element, sa.func.count().label("waiting"), overdue, held, oldest)
    query = sa.select(*columns).join(case, case.c.id == work_item.c.case_id)
    query = query.where(is_open, case.c.release_id == release_id)
    return tx.execute(query.group_by(work_item.c.process_id, work_item.c.element)).all()


def stopped(tx: Connection, release_id: str) -> Sequence[Any]:
    """Per step: incidents that nobody has dealt with."""
    query = sa.select(incident.c.element, sa.func.count().label("incidents"))
    query = query.join(case, case.c.id == incident.c.case_id)
    query = query.where(incident.c.resolved_at.is_(None), case.c.release_id == release_id)
    return tx.execute(query.group_by(incident.c.element)).all()


def cases(tx: Connection, release_id: str) -> int:
    """How many cases run on the release."""
    query = sa.select(sa.func.count()).where(case.c.release_id == release_id, case.c.status == "open")
    return tx.execute(query).scalar() or 0
