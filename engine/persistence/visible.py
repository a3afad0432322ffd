"""Need to know, as predicates of every query: what a seat (organisation, role) may learn of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement

from engine.persistence.tables.cases import team_member
from engine.persistence.tables.work import notice, work_item

NEW = "new"
"""The kind of a notice that says nothing any more once its item has ended."""
Seats = Sequence[tuple[str, str]]
AnySeats = Seats | sa.BindParameter[Any]
"""The seats themselves, or `SEATS` where a statement is made once for whoever asks (somebody with a seat)."""
SEATS: sa.BindParameter[Any] = sa.bindparam("seats", expanding=True)
Condition = ColumnElement[bool]

_other_item = work_item.alias("item_of_seat")
_item_told_of = work_item.alias("item_told_of")


def in_team(case_id: ColumnElement[Any], seats: AnySeats) -> Condition:
    """One of the seats is in the case's team now."""
    if seats is not SEATS and not seats:
        return sa.false()
    return sa.exists(
        sa.select(team_member.c.id).where(
            team_member.c.case_id == case_id,
            team_member.c.left_at.is_(None),
            sa.tuple_(team_member.c.organisation_id, team_member.c.role).in_(seats),
        )
    )


def seen_from(case_id: ColumnElement[Any], seats: AnySeats) -> Condition:
    """One of the seats is in the team, or has an open item of the case. A held item tells its receiver nothing."""
    if seats is not SEATS and not seats:
        return sa.false()
    has_item = sa.exists(
        sa.select(_other_item.c.id).where(
            _other_item.c.case_id == case_id,
            _other_item.c.status == "open",
            sa.tuple_(_other_item.c.organisation_id, _other_item.c.role).in_(seats),
        )
    )
    return sa.or_(in_team(case_id, seats), has_item)


def lost_by(case_id: ColumnElement[Any], seats: AnySeats) -> Condition:
    """One of the seats served the case, or was asked to, and none may know of it any more.

    Whoever never had a part in it (the committee that is told of a late clock) has lost nothing.
    """
    if seats is not SEATS and not seats:
        return sa.false()
    was_in_team = sa.exists(
        sa.select(team_member.c.id).where(
            team_member.c.case_id == case_id, sa.tuple_(team_member.c.organisation_id, team_member.c.role).in_(seats)
        )
    )
    had_item = sa.exists(
        sa.select(_other_item.c.id).where(
            _other_item.c.case_id == case_id, sa.tuple_(_other_item.c.organisation_id, _other_item.c.role).in_(seats)
        )
    )
    return sa.and_(sa.or_(was_in_team, had_item), sa.not_(seen_from(case_id, seats)))


def still_told(seats: AnySeats) -> Condition:
    """Notices a person may still read: a lost case takes its notices along, but for the one that says so."""
    kept = sa.or_(notice.c.kind == "withdrawn", sa.not_(lost_by(notice.c.case_id, seats)))
    return sa.and_(kept, sa.not_(outdated()))


def outdated() -> Condition:
    """A notice of a new item that has ended before anybody read of it: it is neither shown nor sent."""
    ended = sa.exists().where(_item_told_of.c.id == notice.c.work_item_id, _item_told_of.c.done_at.is_not(None))
    return sa.and_(notice.c.kind == NEW, notice.c.read_at.is_(None), ended)
