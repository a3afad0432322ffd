"""Counts over the whole installation, for those who watch it: of no organisation and no case."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.persistence.tables.cases import case
from engine.persistence.tables.work import delivery, incident, notice, timer, work_item


def open_tasks(tx: Connection) -> int:
    return _count(tx, work_item, work_item.c.done_at.is_(None))


def overdue_tasks(tx: Connection, now: datetime) -> int:
    return _count(tx, work_item, work_item.c.done_at.is_(None), work_item.c.due_at <= now)


def open_cases(tx: Connection) -> int:
    return _count(tx, case, case.c.status == "open")


def due_timers(tx: Connection, now: datetime) -> int:
    return _count(tx, timer, timer.c.status == "pending", timer.c.due_at <= now)


def unsent(tx: Connection) -> int:
    return _count(tx, notice, notice.c.mail_at.is_not(None))


def undelivered(tx: Connection) -> int:
    return _count(tx, delivery)


def incidents_by_act(tx: Connection) -> dict[str, int]:
    query = sa.select(incident.c.act, sa.func.count().label("many")).where(incident.c.resolved_at.is_(None))
    query = query.group_by(incident.c.act)
    return {row.act: row.many for row in tx.execute(query)}


def _count(tx: Connection, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
    return int(tx.execute(sa.select(sa.func.count()).select_from(table).where(*conditions)).scalar_one())
