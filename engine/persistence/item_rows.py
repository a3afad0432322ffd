"""Work items: the rows that every inbox reads, written by the step that makes or ends the task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import case
from engine.persistence.tables.people import account, organisation
from engine.persistence.tables.work import work_item
from engine.persistence.visible import Seats, seen_from

Values = dict[str, Any]
END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
"""Where items without a due date sort."""

_ASSIGNEE = account.alias("assignee")
SHOWN = (
    sa.select(
        work_item,
        case.c.number.label("case_number"),
        case.c.code_name_en,
        case.c.code_name_ar,
        case.c.release_id,
        organisation.c.name_en.label("organisation_en"),
        organisation.c.name_ar.label("organisation_ar"),
        _ASSIGNEE.c.name.label("assignee"),
    )
    .join(case, case.c.id == work_item.c.case_id)
    .outerjoin(organisation, organisation.c.id == work_item.c.organisation_id)
    .outerjoin(_ASSIGNEE, _ASSIGNEE.c.id == work_item.c.assignee_id)
)
"""A work item with what a row of an inbox shows of its case."""

_SHOWN_BY_ID = SHOWN.where(work_item.c.id == sa.bindparam("item_id"))
_BY_ID = sa.select(work_item).where(work_item.c.id == sa.bindparam("item_id"))


def _written(insert: Any) -> Any:
    """New items, and those that were done: of these only what ends them is changed, whatever else was read."""
    new = insert(work_item)
    ended = {"status": new.excluded.status, "done_at": new.excluded.done_at, "done_by": new.excluded.done_by}
    return new.on_conflict_do_update(index_elements=[work_item.c.id], set_={**ended, "note": None})


_WRITE = {"sqlite": _written(sqlite.insert), "postgresql": _written(postgresql.insert)}
_END = (
    sa.update(work_item)
    .where(work_item.c.id.in_(sa.bindparam("ids", expanding=True)))
    .values(
        status=sa.bindparam("to_status"),
        done_at=sa.bindparam("at", type_=work_item.c.done_at.type),
        done_by=sa.bindparam("by"),
        note=None,
    )
)


def read(tx: Connection, item_id: str) -> Row[Any] | None:
    return tx.execute(_BY_ID, {"item_id": item_id}).first()


def shown(tx: Connection, item_id: str, seats: Seats) -> Row[Any] | None:
    """The item as one of the seats may see it: held, another's, or of a case that was lost, it is as if it were not."""
    mine = sa.tuple_(work_item.c.organisation_id, work_item.c.role).in_(seats)
    known = sa.or_(work_item.c.status == "open", seen_from(work_item.c.case_id, seats))
    return tx.execute(_SHOWN_BY_ID.where(mine, work_item.c.status != "held", known), {"item_id": item_id}).first()


def of_case(tx: Connection, case_id: str, *statuses: str) -> Sequence[Row[Any]]:
    query = SHOWN.where(work_item.c.case_id == case_id)
    if statuses:
        query = query.where(work_item.c.status.in_(statuses))
    return tx.execute(query.order_by(work_item.c.opened_at, work_item.c.id)).all()


def write(tx: Connection, rows: Sequence[Values]) -> None:
    """Insert new items and end those that are known, in one statement; every row with the same columns."""
    if rows:
        tx.execute(_WRITE[tx.dialect.name], rows)


def end(tx: Connection, item_ids: Iterable[str], status: str, now: datetime, by: str | None) -> None:
    """Close items as `done` or `cancelled`."""
    ids = list(item_ids)
    if ids:
        tx.execute(_END, {"ids": ids, "to_status": status, "at": now, "by": by})


def change(tx: Connection, item_id: str, values: Values) -> None:
    tx.execute(sa.update(work_item).where(work_item.c.id == item_id).values(**values))


def assign(tx: Connection, item_id: str, before: str | None, values: Values) -> bool:
    """Compare and set: only while it is open and assigned as the actor saw it."""
    as_before = work_item.c.assignee_id.is_(None) if before is None else work_item.c.assignee_id == before
    standing = sa.and_(work_item.c.id == item_id, work_item.c.status == "open", as_before)
    return tx.execute(sa.update(work_item).where(standing).values(**values)).rowcount == 1


def by_consent(tx: Connection, case_id: str, purpose: str, is_given: bool) -> list[str]:
    """Release (or hold) the case's waiting items of one purpose; the ids of those that changed."""
    before, after = ("held", "open") if is_given else ("open", "held")
    standing = sa.and_(work_item.c.case_id == case_id, work_item.c.purpose == purpose, work_item.c.status == before)
    ids = list(tx.execute(sa.select(work_item.c.id).where(standing)).scalars())
    if ids:
        values: Values = {"status": after} if is_given else {"status": after, "assignee_id": None, "note": None}
        tx.execute(sa.update(work_item).where(work_item.c.id.in_(ids)).values(values))
    return ids


def waiting_in_seat(tx: Connection, case_id: str, organisation_id: str | None, role: str) -> Sequence[Row[Any]]:
    """Items that follow the team, of one organisation or of all; those whose organisation the diagram names stay."""
    of_one = [work_item.c.organisation_id == organisation_id] if organisation_id else []
    standing = sa.and_(
        work_item.c.case_id == case_id,
        *of_one,
        work_item.c.lane_role == role,
        work_item.c.is_fixed.is_(False),
        work_item.c.done_at.is_(None),
    )
    return tx.execute(sa.select(work_item).where(standing)).all()


def last_done_by(tx: Connection, case_id: str, element: str) -> str | None:
    """Who completed that task of the case last."""
    query = (
        sa.select(work_item.c.done_by)
        .where(work_item.c.case_id == case_id, work_item.c.element == element, work_item.c.status == "done")
        .order_by(work_item.c.done_at.desc())
        .limit(1)
    )
    return tx.execute(query).scalar()
