"""Notices to people, what is sent of them by e-mail, and incidents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import case
from engine.persistence.tables.people import account
from engine.persistence.tables.work import incident, notice, work_item
from engine.persistence.visible import Seats, outdated, seen_from, still_told

Values = dict[str, Any]


_INSERT = sa.insert(notice)


def notices_of(
    tx: Connection, account_id: str, seats: Seats, after: tuple[datetime, str] | None, limit: int
) -> Sequence[Row[Any]]:
    """The person's notices, latest first, without those of cases that their seats have lost.

    `is_seen`: one of the seats may open the case now; who is only told of it (a late clock) may not.
    """
    is_seen = seen_from(notice.c.case_id, seats).label("is_seen")
    query = sa.select(notice, case.c.number.label("case_number"), is_seen)
    query = query.outerjoin(case, case.c.id == notice.c.case_id)
    query = query.where(notice.c.account_id == account_id, still_told(seats))
    if after is not None:
        moment = sa.literal(after[0], notice.c.at.type)
        query = query.where(sa.tuple_(notice.c.at, notice.c.id) < sa.tuple_(moment, after[1]))
    return tx.execute(query.order_by(notice.c.at.desc(), notice.c.id.desc()).limit(limit)).all()


def mark_read(tx: Connection, account_id: str, notice_ids: Sequence[str], now: datetime) -> None:
    unread = sa.and_(notice.c.account_id == account_id, notice.c.read_at.is_(None))
    if notice_ids:
        unread = sa.and_(unread, notice.c.id.in_(notice_ids))
    tx.execute(sa.update(notice).where(unread).values(read_at=now))


def read_of_item(tx: Connection, account_id: str, work_item_id: str, now: datetime) -> None:
    """Whoever takes an item up has read what was told of it."""
    own = sa.and_(notice.c.account_id == account_id, notice.c.work_item_id == work_item_id, notice.c.read_at.is_(None))
    tx.execute(sa.update(notice).where(own).values(read_at=now))


def to_mail(tx: Connection, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Notices to send by e-mail now, with the address and language of the receiver and the case's number."""
    return tx.execute(_to_mail(now).order_by(notice.c.mail_at, notice.c.id).limit(limit)).all()


def to_mail_one(tx: Connection, now: datetime, notice_id: str) -> Row[Any] | None:
    """The same of one notice; None where it was sent, taken back or is tried again later."""
    return tx.execute(_to_mail(now).where(notice.c.id == notice_id)).first()


def _to_mail(now: datetime) -> sa.Select[Any]:
    return _MAILED.where(notice.c.mail_at <= now, sa.not_(outdated()))


_MAILED: sa.Select[Any] = (
    sa.select(notice, case.c.number.label("case_number"), account.c.email, account.c.language)
    .join(account, account.c.id == notice.c.account_id)
    .outerjoin(case, case.c.id == notice.c.case_id)
)


def claim_mail(tx: Connection, notice_id: str, attempts: int, next_at: datetime) -> bool:
    """Take one for sending: only one worker gets it, and it comes back at `next_at` if that worker dies."""
    mine = sa.and_(notice.c.id == notice_id, notice.c.mail_at.is_not(None), notice.c.mail_attempts == attempts)
    return tx.execute(sa.update(notice).where(mine).values(mail_attempts=attempts + 1, mail_at=next_at)).rowcount == 1


def end_mail(tx: Connection, notice_id: str, sent_at: datetime | None, failure: str) -> None:
    """Say how sending went; what failed is tried again when its claim runs out."""
    said: Values = {"mail_failure": failure} if sent_at is None else {"mailed_at": sent_at, "mail_at": None}
    tx.execute(sa.update(notice).where(notice.c.id == notice_id).values(**said))


def mailed(tx: Connection, limit: int) -> Sequence[Row[Any]]:
    """The latest e-mails, sent or not: what the demonstration shows in place of an e-mail account."""
    query = _MAILED.where(sa.or_(notice.c.mail_at.is_not(None), notice.c.mailed_at.is_not(None)))
    return tx.execute(query.order_by(notice.c.at.desc(), notice.c.id.desc()).limit(limit)).all()


def open_incident(tx: Connection, act: str, subject_id: str, element: str) -> Row[Any] | None:
    same = sa.and_(incident.c.act == act, incident.c.subject_id == subject_id, incident.c.element == element)
    return tx.execute(sa.select(incident).where(same, incident.c.resolved_at.is_(None))).first()


def insert_incident(tx: Connection, values: Values) -> None:
    tx.execute(sa.insert(incident).values(**values))


def change_incident(tx: Connection, incident_id: str, values: Values) -> None:
    tx.execute(sa.update(incident).where(incident.c.id == incident_id).values(**values))


def resolve_incidents(tx: Connection, act: str, subject_id: str, now: datetime, by: str | None) -> None:
    same = sa.and_(incident.c.act == act, incident.c.subject_id == subject_id, incident.c.resolved_at.is_(None))
    tx.execute(sa.update(incident).where(same).values(resolved_at=now, resolved_by=by, sealed=None))


def read_incident(tx: Connection, incident_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(incident).where(incident.c.id == incident_id)).first()


def open_incidents(tx: Connection, limit: int) -> Sequence[Row[Any]]:
    query = sa.select(incident, case.c.number.label("case_number"), case.c.release_id)
    query = query.outerjoin(case, case.c.id == incident.c.case_id)
    query = query.where(incident.c.resolved_at.is_(None))
    return tx.execute(query.order_by(incident.c.at, incident.c.id).limit(limit)).all()


def tell(
    tx: Connection,
    people: Sequence[Row[Any]],
    kind: str,
    now: datetime,
    case_id: str | None = None,
    element: str = "",
    work_item_id: str | None = None,
) -> int:
    """Write a notice for each of these people; to those who have an address it is sent, without content."""
    about = {"kind": kind, "case_id": case_id, "element": element, "work_item_id": work_item_id, "at": now}
    to = [{"id": uuid4().hex, "account_id": one.id, "mail_at": now if one.email else None, **about} for one in people]
    if to:
        tx.execute(_INSERT, to)
    return len(to)


def overdue_items(tx: Connection, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Open items past their due date that nobody was told of yet, now marked as told: each is found once."""
    late = sa.and_(
        work_item.c.done_at.is_(None),
        work_item.c.reminded_at.is_(None),
        work_item.c.due_at.is_not(None),
        work_item.c.due_at <= now,
        work_item.c.status == "open",
    )
    query: sa.Select[Any] = sa.select(work_item, case.c.number.label("case_number"))
    query = query.join(case, case.c.id == work_item.c.case_id).where(late).order_by(work_item.c.due_at).limit(limit)
    rows = tx.execute(query.with_for_update(of=work_item, skip_locked=True)).all()
    if rows:
        told = work_item.c.id.in_([row.id for row in rows])
        tx.execute(sa.update(work_item).where(told).values(reminded_at=now))
    return rows
