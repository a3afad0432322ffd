"""Clocks and catches of cases: rows that the step writes and the worker finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.work import delivery, timer, waiting_catch

Values = dict[str, Any]


_INSERT_TIMERS = sa.insert(timer)
_DELETE_TIMERS = sa.delete(timer).where(timer.c.id.in_(sa.bindparam("ids", expanding=True)))


def insert_timers(tx: Connection, rows: Sequence[Values]) -> None:
    if rows:
        tx.execute(_INSERT_TIMERS, rows)


def delete_timers(tx: Connection, timer_ids: Iterable[str]) -> None:
    ids = list(timer_ids)
    if ids:
        tx.execute(_DELETE_TIMERS, {"ids": ids})


def read_timer(tx: Connection, timer_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(timer).where(timer.c.id == timer_id)).first()


def due(tx: Connection, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """(timer, case) of what is due, the earliest first; without locks, each is rechecked in its own step."""
    pending = sa.and_(timer.c.status == "pending", timer.c.due_at <= now)
    query = sa.select(timer.c.id, timer.c.case_id).where(pending).order_by(timer.c.due_at, timer.c.id).limit(limit)
    return [(row.id, row.case_id) for row in tx.execute(query)]


def next_due(tx: Connection) -> datetime | None:
    return tx.execute(sa.select(sa.func.min(timer.c.due_at)).where(timer.c.status == "pending")).scalar()


def set_timer_status(tx: Connection, timer_id: str, status: str) -> None:
    tx.execute(sa.update(timer).where(timer.c.id == timer_id).values(status=status))


def of_case(tx: Connection, case_id: str) -> Sequence[Row[Any]]:
    return tx.execute(sa.select(timer).where(timer.c.case_id == case_id).order_by(timer.c.due_at, timer.c.id)).all()


def insert_catches(tx: Connection, rows: Sequence[Values]) -> None:
    if rows:
        tx.execute(sa.insert(waiting_catch), rows)


def delete_catches(tx: Connection, catch_ids: Iterable[str]) -> None:
    ids = list(catch_ids)
    if ids:
        tx.execute(sa.delete(waiting_catch).where(waiting_catch.c.id.in_(ids)))


def catches_of_case(tx: Connection, case_id: str) -> Sequence[Row[Any]]:
    query = sa.select(waiting_catch).where(waiting_catch.c.case_id == case_id).order_by(waiting_catch.c.id)
    return tx.execute(query).all()


def receivers(tx: Connection, kind: str, name: str, keys_token: bytes | None) -> Sequence[Row[Any]]:
    """Catches that reach across the mechanism and wait for this."""
    fits = [waiting_catch.c.kind == kind, waiting_catch.c.name == name, waiting_catch.c.reach == "mechanism"]
    if keys_token is not None:
        fits.append(waiting_catch.c.keys_token == keys_token)
    return tx.execute(sa.select(waiting_catch).where(*fits).order_by(waiting_catch.c.id)).all()


def insert_deliveries(tx: Connection, rows: Sequence[Values]) -> None:
    if rows:
        tx.execute(sa.insert(delivery), rows)


def pending_deliveries(tx: Connection, limit: int) -> Sequence[str]:
    return deliveries_in(tx, "pending", limit)


def deliveries_in(tx: Connection, status: str, limit: int) -> Sequence[str]:
    """Ids of the deliveries in this status, the oldest first."""
    query = sa.select(delivery.c.id).where(delivery.c.status == status).order_by(delivery.c.at, delivery.c.id)
    return list(tx.execute(query.limit(limit)).scalars())


def read_delivery(tx: Connection, delivery_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(delivery).where(delivery.c.id == delivery_id)).first()


def delete_delivery(tx: Connection, delivery_id: str) -> bool:
    return tx.execute(sa.delete(delivery).where(delivery.c.id == delivery_id)).rowcount == 1


def insert_delivery_once(tx: Connection, row: Values) -> bool:
    """Write a delivery; False where one of its id stands already, handed over or not."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    return tx.execute(insert(delivery).values(row).on_conflict_do_nothing()).rowcount == 1


def hand_delivery(tx: Connection, delivery_id: str) -> bool:
    """Take a waiting delivery out as handed over; False where it does not wait any more.

    Of one from outside the id stays for a while, without what it said, so that the same message coming again is known.
    """
    waiting = sa.and_(delivery.c.id == delivery_id, delivery.c.status == "pending")
    if tx.execute(sa.delete(delivery).where(waiting, delivery.c.from_case_id != "")).rowcount == 1:
        return True
    return tx.execute(sa.update(delivery).where(waiting).values(status="handed", sealed=b"")).rowcount == 1


def end_old_deliveries(tx: Connection, before: datetime) -> Sequence[Row[Any]]:
    """Forget those handed over before that moment; messages that nobody has waited for are answered, now `expired`."""
    tx.execute(sa.delete(delivery).where(delivery.c.status.in_(("handed", "expired")), delivery.c.at < before))
    waited = sa.and_(delivery.c.status == "pending", delivery.c.at < before)
    ending = sa.update(delivery).where(waited).values(status="expired", sealed=b"")
    return tx.execute(ending.returning(delivery.c.id, delivery.c.name, delivery.c.from_case_id)).all()


def set_delivery_aside(tx: Connection, delivery_id: str) -> bool:
    """Keep a delivery that can be handed to nobody; False where another worker has dealt with it meanwhile."""
    waiting = sa.and_(delivery.c.id == delivery_id, delivery.c.status == "pending")
    return tx.execute(sa.update(delivery).where(waiting).values(status="stuck")).rowcount == 1
