"""Inboxes and their counts: limited seeks in a partial index, one per seat, merged; never an offset or a full count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql.elements import ColumnElement

from engine.persistence.item_rows import SHOWN
from engine.persistence.tables.cases import case
from engine.persistence.tables.work import notice, work_item
from engine.persistence.visible import Condition, Seats, seen_from, still_told

Cursor = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What an inbox is narrowed to; empty means everything."""

    process_id: str = ""
    element: str = ""
    priority: int | None = None
    organisation_id: str = ""
    case_number: int | None = None

    def conditions(self) -> list[Condition]:
        found: list[Condition] = []
        for column in ("process_id", "element", "organisation_id"):
            if value := getattr(self, column):
                found.append(work_item.c[column] == value)
        if self.priority is not None:
            found.append(work_item.c.priority == self.priority)
        if self.case_number is not None:
            found.append(
                work_item.c.case_id == sa.select(case.c.id).where(case.c.number == self.case_number).scalar_subquery()
            )
        return found


def _standing(now: datetime) -> dict[str, list[Condition]]:
    """What each view of a seat's items adds to "of this seat and open"."""
    overdue = sa.and_(work_item.c.due_at.is_not(None), work_item.c.due_at < now)
    return {"team": [], "overdue": [overdue], "open": [work_item.c.assignee_id.is_(None)]}


def _of_seat(seat: tuple[str, str]) -> list[Condition]:
    return [
        work_item.c.organisation_id == seat[0],
        work_item.c.role == seat[1],
        work_item.c.status == "open",
        work_item.c.done_at.is_(None),
    ]


def _of_assignee(account_id: str, seats: Seats) -> list[Condition]:
    """Assigned to this person, who must still hold the seat."""
    return [
        work_item.c.assignee_id == account_id,
        work_item.c.status == "open",
        work_item.c.done_at.is_(None),
        sa.tuple_(work_item.c.organisation_id, work_item.c.role).in_(seats),
    ]


def waiting(
    tx: Connection,
    view: str,
    account_id: str,
    seats: Seats,
    now: datetime,
    narrowed: Narrowed,
    after: Cursor | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """The next rows of `mine`, `team`, `overdue` or `open`, earliest due first."""
    if not seats:
        return []
    more = narrowed.conditions()
    if after is not None:
        moment = sa.literal(after[0], work_item.c.sorts_at.type)
        more.append(sa.tuple_(work_item.c.sorts_at, work_item.c.id) > sa.tuple_(moment, after[1]))
    seeks = [
        sa.select(work_item.c.id, work_item.c.sorts_at)
        .where(*conditions, *more)
        .order_by(work_item.c.sorts_at, work_item.c.id)
        .limit(limit)
        .subquery()
        for conditions in _seeks(view, account_id, seats, now)
    ]
    found = sa.union_all(*(sa.select(seek) for seek in seeks)).subquery("found")
    first = sa.select(found.c.id).order_by(found.c.sorts_at, found.c.id).limit(limit)
    query = SHOWN.where(work_item.c.id.in_(first)).order_by(work_item.c.sorts_at, work_item.c.id)
    return tx.execute(query).all()


def _seeks(view: str, account_id: str, seats: Seats, now: datetime) -> list[list[Condition]]:
    if view == "mine":
        return [_of_assignee(account_id, seats)]
    more = _standing(now)[view]
    return [[*_of_seat(seat), *more] for seat in dict.fromkeys(seats)]


def done(
    tx: Connection,
    account_id: str,
    seats: Seats,
    narrowed: Narrowed,
    after: Cursor | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """What this person completed, latest first, of cases they may still see."""
    conditions = [work_item.c.done_by == account_id, work_item.c.status == "done", *narrowed.conditions()]
    conditions.append(seen_from(work_item.c.case_id, seats))
    if after is not None:
        moment = sa.literal(after[0], work_item.c.done_at.type)
        conditions.append(sa.tuple_(work_item.c.done_at, work_item.c.id) < sa.tuple_(moment, after[1]))
    query = SHOWN.where(*conditions).order_by(work_item.c.done_at.desc(), work_item.c.id.desc()).limit(limit)
    return tx.execute(query).all()


def counts(tx: Connection, account_id: str, seats: Seats, now: datetime, cap: int) -> tuple[int, int, int, int, int]:
    """How many: mine, team, overdue, open, unread notices; each stops counting at `cap`. One statement."""
    columns: list[Any] = [
        _capped(_seeks(view, account_id, seats, now), cap) for view in ("mine", "team", "overdue", "open")
    ]
    columns.append(_unread(account_id, seats, cap))
    found = tx.execute(sa.select(*columns)).one()
    return found[0], found[1], found[2], found[3], found[4]


def _unread(account_id: str, seats: Seats, cap: int) -> ColumnElement[Any]:
    mine = [notice.c.account_id == account_id, notice.c.read_at.is_(None), still_told(seats)]
    unread = sa.select(notice.c.id).where(*mine).limit(cap).subquery()
    return sa.select(sa.func.count()).select_from(unread).scalar_subquery()


def _capped(seeks: list[list[Condition]], cap: int) -> ColumnElement[Any]:
    if not seeks:
        return sa.literal(0)
    limited = [sa.select(work_item.c.id).where(*conditions).limit(cap).subquery() for conditions in seeks]
    every = sa.union_all(*(sa.select(one) for one in limited)).subquery()
    return sa.select(sa.func.count()).select_from(sa.select(every).limit(cap).subquery()).scalar_subquery()
