"""Cases and their keys: opened, locked for a step, saved at the next revision, destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import (
    case,
    case_key,
    consent,
    draft,
    journal_head,
    name_index,
    record_entry,
    team_member,
)
from engine.persistence.tables.moves import case_move
from engine.persistence.tables.work import delivery, incident, notice, timer, value_change, waiting_catch, work_item
from engine.persistence.visible import Seats, in_team, seen_from

Values = dict[str, Any]

_BY_ID = sa.select(case).where(case.c.id == sa.bindparam("case_id"))
_LOCK = _BY_ID.with_for_update(key_share=True)  # rows that point at the case may still be written by others
_KEY = sa.select(case_key).where(case_key.c.case_id == sa.bindparam("case_id"))
_HEAD = sa.select(journal_head).where(journal_head.c.stream == sa.bindparam("stream")).with_for_update()
_SAVE = sa.update(case).where(case.c.id == sa.bindparam("case_id"), case.c.revision == sa.bindparam("before"))


def read(tx: Connection, case_id: str) -> Row[Any] | None:
    return tx.execute(_BY_ID, {"case_id": case_id}).first()


def lock(tx: Connection, case_id: str) -> Row[Any] | None:
    """The case, locked against every other step until this transaction ends."""
    return tx.execute(_LOCK, {"case_id": case_id}).first()


def key(tx: Connection, case_id: str) -> Row[Any] | None:
    """The wrapped key; None once it was destroyed."""
    return tx.execute(_KEY, {"case_id": case_id}).first()


def keys_wrapped_otherwise(tx: Connection, present: str, limit: int) -> Sequence[Row[Any]]:
    query = sa.select(case_key).where(case_key.c.wrapped_by != present).limit(limit)
    return tx.execute(query.with_for_update(skip_locked=True)).all()


def replace_key(tx: Connection, case_id: str, values: Values) -> None:
    tx.execute(sa.update(case_key).where(case_key.c.case_id == case_id).values(**values))


def insert(tx: Connection, values: Values, wrapped: Values) -> None:
    tx.execute(sa.insert(case), [values])
    tx.execute(sa.insert(case_key), [wrapped])


def next_number(tx: Connection) -> int:
    """One more than the highest; the unique index refuses a number that another process took meanwhile."""
    highest: int | None = tx.execute(sa.select(sa.func.max(case.c.number))).scalar()
    return (highest or 0) + 1


def lock_numbering(tx: Connection) -> None:
    """On PostgreSQL one case is opened at a time; SQLite has one writer anyway."""
    if tx.dialect.name == "postgresql":
        tx.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": 0x1A4A1A})


def save(tx: Connection, case_id: str, revision_before: int, values: Values) -> bool:
    """Write the case at its next revision; False where somebody else was there first."""
    given = {f"to_{name}": value for name, value in values.items()}
    place = {"case_id": case_id, "before": revision_before, "to_revision": revision_before + 1}
    return tx.execute(_saving(tuple(values)), {**given, **place}).rowcount == 1


@cache
def _saving(names: tuple[str, ...]) -> sa.Update:
    """The statement that saves these columns: there are but a few sets of them."""
    return _SAVE.values({name: sa.bindparam(f"to_{name}", type_=case.c[name].type) for name in (*names, "revision")})


def change(tx: Connection, case_id: str, values: Values) -> None:
    """Change what is no part of its state (figures, retention dates)."""
    tx.execute(sa.update(case).where(case.c.id == case_id).values(**values))


def destroy(tx: Connection, case_id: str, now: datetime) -> None:
    """Everything about the person goes in this transaction; the journal stays, unreadable without the key."""
    for table in (draft, name_index, record_entry, case_key, timer, waiting_catch, value_change, case_move):
        tx.execute(sa.delete(table).where(table.c.case_id == case_id))
    tx.execute(sa.delete(delivery).where(delivery.c.from_case_id == case_id))  # sealed, but not by the case's key
    open_items = sa.and_(work_item.c.case_id == case_id, work_item.c.done_at.is_(None))
    tx.execute(sa.update(work_item).where(open_items).values(status="cancelled", done_at=now, assignee_id=None))
    tx.execute(sa.update(work_item).where(work_item.c.case_id == case_id).values(note=None))
    tx.execute(sa.update(consent).where(consent.c.case_id == case_id).values(sealed_reason=None))
    tx.execute(sa.update(incident).where(incident.c.case_id == case_id).values(sealed=None, resolved_at=now))
    tx.execute(sa.delete(notice).where(notice.c.case_id == case_id))
    leaving = sa.and_(team_member.c.case_id == case_id, team_member.c.left_at.is_(None))
    tx.execute(sa.update(team_member).where(leaving).values(left_at=now))


def standing_still(tx: Connection, case_id: str | None = None) -> Sequence[str]:
    """Open cases (or that one, if it is) that wait for no item, clock or message, and of which no incident says so."""
    waits = [
        sa.exists().where(work_item.c.case_id == case.c.id, work_item.c.done_at.is_(None)),
        sa.exists().where(timer.c.case_id == case.c.id),
        sa.exists().where(waiting_catch.c.case_id == case.c.id),
        sa.exists().where(incident.c.case_id == case.c.id, incident.c.act == "stuck", incident.c.resolved_at.is_(None)),
    ]
    query = sa.select(case.c.id).where(case.c.status == "open", *(sa.not_(one) for one in waits))
    return list(tx.execute(query.where(case.c.id == case_id) if case_id else query).scalars())


def is_seen_from(tx: Connection, case_id: str, seats: Seats) -> bool:
    """Whether there is such a case and one of these seats may know of it."""
    query = sa.select(sa.literal(1)).where(case.c.id == case_id, seen_from(case.c.id, seats))
    return tx.execute(query).first() is not None


def page(
    tx: Connection, status: str, seats: Seats, whole: Seats, after: tuple[datetime, str] | None, limit: int
) -> Sequence[Row[Any]]:
    """Cases whose team has one of these seats, newest first, with what waits; `is_whole`: one of `whole` is in it."""
    open_item = sa.and_(work_item.c.case_id == case.c.id, work_item.c.status == "open")
    waiting = sa.select(sa.func.count()).select_from(work_item).where(open_item).scalar_subquery()
    next_due = sa.select(sa.func.min(work_item.c.due_at)).where(open_item).scalar_subquery()
    is_whole = in_team(case.c.id, whole).label("is_whole")
    query = sa.select(case, waiting.label("waiting"), next_due.label("next_due_at"), is_whole)
    query = query.where(case.c.status == status, in_team(case.c.id, seats))
    if after is not None:
        moment = sa.literal(after[0], case.c.opened_at.type)
        query = query.where(sa.tuple_(case.c.opened_at, case.c.id) < sa.tuple_(moment, after[1]))
    return tx.execute(query.order_by(case.c.opened_at.desc(), case.c.id.desc()).limit(limit)).all()
