"""Inboxes and their counts: limited seeks in a partial index, one per seat, merged; never an offset or a full count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql.elements import ColumnElement

from engine.persistence.item_rows import SHOWN
from engine.persistence.tables.cases import case
from engine.persistence.tables.work import notice, work_item
from engine.persistence.visible import SEATS, AnySeats, Condition, Seats, seen_from, still_told

Cursor = tuple[datetime, str]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What an inbox is narrowed to; empty means everything."""

    process_id: str = ""
    element: str = ""
    priority: int | None = None
    organisation_id: str = ""
    case_number: int | None = None

    def asked(self) -> dict[str, object]:
        """What is asked for, under the names of the conditions below."""
        return {name: value for name in _NARROWING if (value := getattr(self, name)) not in ("", None)}


_NARROWING: dict[str, Condition] = {
    **{
        name: work_item.c[name] == sa.bindparam(name, type_=work_item.c[name].type)
        for name in ("process_id", "element", "organisation_id", "priority")
    },
    "case_number": work_item.c.case_id
    == sa.select(case.c.id).where(case.c.number == sa.bindparam("case_number")).scalar_subquery(),
}


_ACCOUNT: sa.BindParameter[str] = sa.bindparam("account_id")
_NOW: sa.BindParameter[Any] = sa.bindparam("now", type_=work_item.c.due_at.type)
_AFTER_AT: sa.BindParameter[Any] = sa.bindparam("after_at", type_=work_item.c.sorts_at.type)
_AFTER_ID: sa.BindParameter[str] = sa.bindparam("after_id")


def _behind(after: Cursor | None) -> dict[str, object]:
    return {"after_at": after[0], "after_id": after[1]} if after else {}


def _standing(now: Any) -> dict[str, list[Condition]]:
    """What each view of a seat's items adds to "of this seat and open"."""
    overdue = work_item.c.sorts_at < now  # in the index: the due date, or the end of time where nothing is due
    return {"team": [], "overdue": [overdue], "open": [work_item.c.assignee_id.is_(None)]}


def _of_seat(seat: tuple[Any, Any]) -> list[Condition]:
    return [
        work_item.c.organisation_id == seat[0],
        work_item.c.role == seat[1],
        work_item.c.status == "open",
        work_item.c.done_at.is_(None),
    ]


def _of_assignee(account_id: Any, seats: AnySeats) -> list[Condition]:
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
    held = list(dict.fromkeys(seats))
    if not held:
        return []
    asked = narrowed.asked()
    statement = _listing(view, len(held), tuple(asked), after is not None, limit)
    given = {"account_id": account_id, "now": now, "seats": held, **_named(held), **asked, **_behind(after)}
    return tx.execute(statement, given).all()


@lru_cache(maxsize=256)
def _listing(view: str, seats: int, asked: tuple[str, ...], has_cursor: bool, limit: int) -> sa.Select[Any]:
    """The statement of a page for whoever has so many seats."""
    more = [_NARROWING[name] for name in asked]
    if has_cursor:
        more.append(sa.tuple_(work_item.c.sorts_at, work_item.c.id) > sa.tuple_(_AFTER_AT, _AFTER_ID))
    own = [_of_assignee(_ACCOUNT, SEATS)]
    of_seats = [[*_of_seat(place), *_standing(_NOW).get(view, [])] for place in _places(seats)]
    seeks = [
        sa.select(work_item.c.id, work_item.c.sorts_at)
        .where(*conditions, *more)
        .order_by(work_item.c.sorts_at, work_item.c.id)
        .limit(limit)
        .subquery()
        for conditions in (own if view == "mine" else of_seats)
    ]
    found = sa.union_all(*(sa.select(seek) for seek in seeks)).subquery("found")
    first = sa.select(found.c.id).order_by(found.c.sorts_at, found.c.id).limit(limit)
    return SHOWN.where(work_item.c.id.in_(first)).order_by(work_item.c.sorts_at, work_item.c.id)


def done(
    tx: Connection,
    account_id: str,
    seats: Seats,
    narrowed: Narrowed,
    after: Cursor | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """What this person completed, latest first, of cases they may still see."""
    if not seats:
        return []
    asked = narrowed.asked()
    given = {"account_id": account_id, "seats": list(seats), **asked, **_behind(after)}
    return tx.execute(_finished(tuple(asked), after is not None, limit), given).all()


@lru_cache(maxsize=64)
def _finished(asked: tuple[str, ...], has_cursor: bool, limit: int) -> sa.Select[Any]:
    conditions = [work_item.c.done_by == _ACCOUNT, work_item.c.status == "done", *(_NARROWING[name] for name in asked)]
    conditions.append(seen_from(work_item.c.case_id, SEATS))
    if has_cursor:
        conditions.append(sa.tuple_(work_item.c.done_at, work_item.c.id) < sa.tuple_(_AFTER_AT, _AFTER_ID))
    return SHOWN.where(*conditions).order_by(work_item.c.done_at.desc(), work_item.c.id.desc()).limit(limit)


def counts(tx: Connection, account_id: str, seats: Seats, now: datetime, cap: int) -> tuple[int, int, int, int, int]:
    """How many: mine, team, overdue, open, unread notices; each stops counting at `cap`. One statement."""
    held = list(dict.fromkeys(seats))
    if not held:
        return 0, 0, 0, 0, tx.execute(sa.select(_unread(account_id, [], cap))).scalar_one()
    found = tx.execute(_counting(len(held), cap), {"account_id": account_id, "now": now, "seats": held, **_named(held)})
    mine, team, overdue, unclaimed, unread = found.one()
    return mine, team, overdue, unclaimed, unread


def _named(seats: Seats) -> dict[str, str]:
    organisations = {f"organisation_{number}": seat[0] for number, seat in enumerate(seats)}
    return {**organisations, **{f"role_{number}": seat[1] for number, seat in enumerate(seats)}}


@lru_cache(maxsize=64)
def _counting(seats: int, cap: int) -> sa.Select[Any]:
    """The statement for whoever has so many seats: asked on every page, it takes longer to make than to run."""
    kinds = [[[*_of_seat(place), *more] for place in _places(seats)] for more in _standing(_NOW).values()]
    columns = [_capped(seeks, cap) for seeks in ([_of_assignee(_ACCOUNT, SEATS)], *kinds)]
    return sa.select(*columns, _unread(_ACCOUNT, SEATS, cap))


def _places(seats: int) -> list[tuple[Any, Any]]:
    return [(sa.bindparam(f"organisation_{number}"), sa.bindparam(f"role_{number}")) for number in range(seats)]


def _unread(account_id: Any, seats: AnySeats, cap: int) -> ColumnElement[Any]:
    mine = [notice.c.account_id == account_id, notice.c.read_at.is_(None), still_told(seats)]
    unread = sa.select(notice.c.id).where(*mine).limit(cap).subquery()
    return sa.select(sa.func.count()).select_from(unread).scalar_subquery()


def _capped(seeks: list[list[Condition]], cap: int) -> ColumnElement[Any]:
    if not seeks:
        return sa.literal(0)
    limited = [sa.select(work_item.c.id).where(*conditions).limit(cap).subquery() for conditions in seeks]
    every = sa.union_all(*(sa.select(one) for one in limited)).subquery()
    return sa.select(sa.func.count()).select_from(sa.select(every).limit(cap).subquery()).scalar_subquery()
