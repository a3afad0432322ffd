"""Where the cases of a release, or of all, stand and stood: figures by step, and a step's cases for who sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from sqlalchemy.ext.compiler import compiles

from engine.persistence.item_rows import SHOWN
from engine.persistence.tables.cases import case
from engine.persistence.tables.work import incident, work_item
from engine.persistence.visible import Condition, Seats, in_team

OPENED, DONE, DUE = work_item.c.opened_at, work_item.c.done_at, work_item.c.due_at


class seconds_between(sa.sql.functions.GenericFunction[float]):
    """How many seconds lie between two moments; each database says it otherwise."""

    type = sa.Float()
    inherit_cache = True


@compiles(seconds_between, "sqlite")
def _days(element: Any, compiler: Any, **how: Any) -> str:
    begin, end = (compiler.process(one, **how) for one in element.clauses)
    return f"(julianday({end}) - julianday({begin})) * 86400.0"


@compiles(seconds_between, "postgresql")
def _epoch(element: Any, compiler: Any, **how: Any) -> str:
    begin, end = (compiler.process(one, **how) for one in element.clauses)
    return f"EXTRACT(EPOCH FROM {end} - {begin})"


def cases(tx: Connection, release_id: str | None) -> int:
    """How many cases run on the release, or at all."""
    query = sa.select(sa.func.count()).select_from(case).where(case.c.status == "open")
    return tx.execute(query if release_id is None else query.where(case.c.release_id == release_id)).scalar() or 0


def busy(tx: Connection, release_id: str | None, until: datetime | None) -> dict[str, int]:
    """Per process: items that stood open at `until` (None: now)."""
    query = sa.select(work_item.c.process_id, sa.func.count().label("waiting")).where(*_open(until))
    rows = tx.execute(_of(query, work_item, release_id).group_by(work_item.c.process_id))
    return {row.process_id: row.waiting for row in rows}


def waiting(
    tx: Connection, release_id: str | None, process_id: str, now: datetime, until: datetime | None
) -> Sequence[Any]:
    """Per step of a process, of the items open at `until` (None: now): how many, overdue and held for a consent,
    and since when the oldest and the middle one waited.
    """
    place = sa.func.row_number().over(partition_by=work_item.c.element, order_by=OPENED)
    many = sa.func.count().over(partition_by=work_item.c.element)
    columns = (work_item.c.element, OPENED, DUE, work_item.c.status, place.label("place"), many.label("many"))
    query = sa.select(*columns).where(work_item.c.process_id == process_id, *_open(until))
    one = _of(query, work_item, release_id).subquery("one")
    overdue = sa.func.sum(sa.case((one.c.due_at <= (until or now), 1), else_=0))
    held = sa.func.sum(sa.case((one.c.status == "held", 1), else_=0))
    middle = sa.func.min(sa.case((one.c.place == (one.c.many + 1) // 2, one.c.opened_at)))
    figures = (sa.func.count().label("waiting"), overdue.label("overdue"), held.label("held"))
    ages = (sa.func.min(one.c.opened_at).label("oldest"), middle.label("middle"))
    return tx.execute(sa.select(one.c.element, *figures, *ages).group_by(one.c.element)).all()


def passed(tx: Connection, release_id: str | None, process_id: str, since: datetime, until: datetime) -> Sequence[Any]:
    """Per step of a process: items completed after `since` and by `until`, how many of them late, and the seconds that
    the middle one took.
    """
    took = sa.func.seconds_between(OPENED, DONE)
    place = sa.func.row_number().over(partition_by=work_item.c.element, order_by=took)
    many = sa.func.count().over(partition_by=work_item.c.element)
    columns = (work_item.c.element, DONE, DUE, took.label("took"), place.label("place"), many.label("many"))
    within = (work_item.c.status == "done", since < DONE, until >= DONE)
    query = sa.select(*columns).where(work_item.c.process_id == process_id, *within)
    one = _of(query, work_item, release_id).subquery("one")
    late = sa.func.sum(sa.case((one.c.done_at > one.c.due_at, 1), else_=0)).label("late")
    middle = sa.func.min(sa.case((one.c.place == (one.c.many + 1) // 2, one.c.took))).label("took")
    return tx.execute(
        sa.select(one.c.element, sa.func.count().label("passed"), late, middle).group_by(one.c.element)
    ).all()


def stopped(
    tx: Connection, release_id: str | None, since: datetime | None = None, until: datetime | None = None
) -> dict[str, int]:
    """Per step: incidents that nobody has dealt with; with a period those that arose in it."""
    query = sa.select(incident.c.element, sa.func.count().label("incidents"))
    if since is None or until is None:
        query = query.where(incident.c.resolved_at.is_(None))
    else:
        query = query.where(incident.c.at > since, incident.c.at <= until)
    rows = tx.execute(_of(query, incident, release_id).group_by(incident.c.element))
    return {row.element: row.incidents for row in rows}


def standing_at(
    tx: Connection,
    release_id: str | None,
    step: tuple[str, str],
    seats: Seats,
    whole: Seats,
    after: tuple[datetime, str] | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """Open items of a step (process, element), the oldest first: all of them in cases that one of `whole` serves, and
    those that are asked of one of `seats` (at least one) itself. The same two rules as on the case and in the inbox.
    """
    own = [work_item.c.status == "open", sa.tuple_(work_item.c.organisation_id, work_item.c.role).in_(list(seats))]
    query = SHOWN.where(work_item.c.process_id == step[0], work_item.c.element == step[1], DONE.is_(None))
    query = query.where(sa.or_(in_team(work_item.c.case_id, whole), sa.and_(*own)))
    if release_id is not None:
        query = query.where(case.c.release_id == release_id)
    if after is not None:
        moment = sa.literal(after[0], OPENED.type)
        query = query.where(sa.tuple_(OPENED, work_item.c.id) > sa.tuple_(moment, after[1]))
    return tx.execute(query.order_by(OPENED, work_item.c.id).limit(limit)).all()


def _open(until: datetime | None) -> list[Condition]:
    if until is None:
        return [DONE.is_(None)]
    return [until >= OPENED, sa.or_(DONE.is_(None), until < DONE)]


def _of(query: sa.Select[Any], table: sa.Table, release_id: str | None) -> sa.Select[Any]:
    """Only what belongs to cases of the release."""
    if release_id is None:
        return query
    return query.join(case, case.c.id == table.c.case_id).where(case.c.release_id == release_id)
