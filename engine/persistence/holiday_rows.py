"""Holidays that were announced for one date, and the clocks of cases that they might move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import case
from engine.persistence.tables.people import account
from engine.persistence.tables.releases import holiday
from engine.persistence.tables.work import timer, work_item


def every(tx: Connection) -> Sequence[Row[Any]]:
    """Every announced holiday by its date, with the name of who announced it."""
    query = sa.select(holiday, account.c.name.label("announcer"))
    query = query.outerjoin(account, account.c.id == holiday.c.announced_by)
    return tx.execute(query.order_by(holiday.c.day)).all()


def insert(tx: Connection, values: dict[str, Any]) -> None:
    tx.execute(sa.insert(holiday).values(**values))


def delete(tx: Connection, day: date) -> bool:
    return tx.execute(sa.delete(holiday).where(holiday.c.day == day)).rowcount == 1


def running(tx: Connection, since: datetime) -> Sequence[Row[Any]]:
    """Clocks of cases that fall due after this moment, with the release each case runs on."""
    query = sa.select(timer, case.c.release_id).join(case, case.c.id == timer.c.case_id)
    return tx.execute(query.where(timer.c.due_at > since, timer.c.status.in_(("pending", "held")))).all()


def move(tx: Connection, moved: Iterable[tuple[Row[Any], datetime]]) -> None:
    """Let clocks fall due at another moment, and the tasks whose due date they are with them."""
    for clock, due_at in moved:
        tx.execute(sa.update(timer).where(timer.c.id == clock.id).values(due_at=due_at))
        its = sa.and_(work_item.c.id == clock.work_item_id, work_item.c.due_reason == clock.element)
        same = sa.and_(its, work_item.c.due_at == clock.due_at, work_item.c.done_at.is_(None))
        tx.execute(sa.update(work_item).where(same).values(due_at=due_at, sorts_at=due_at, reminded_at=None))
