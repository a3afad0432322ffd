"""What the worker keeps in order: old sessions, outdated notices, freed pages of destroyed cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.persistence.database import Database
from engine.persistence.tables.cases import case
from engine.persistence.tables.people import session, sign_in_attempt
from engine.persistence.tables.work import notice
from engine.persistence.visible import outdated


def drop_old_sessions(tx: Connection, now: datetime, idle_since: datetime, attempts_before: datetime) -> None:
    """Sessions that have ended, and sign-in attempts that count no more."""
    ended = sa.or_(session.c.expires_at <= now, session.c.seen_at <= idle_since)
    tx.execute(sa.delete(sign_in_attempt).where(sign_in_attempt.c.at < attempts_before))
    tx.execute(sa.delete(session).where(ended))


def drop_outdated_notices(tx: Connection) -> None:
    """Notices of items that have ended before anybody read of them."""
    tx.execute(sa.delete(notice).where(outdated()))


def unscrubbed(tx: Connection) -> Sequence[str]:
    """Destroyed cases whose pages the database may still hold."""
    query = sa.select(case.c.id).where(case.c.status == "destroyed", case.c.scrubbed_at.is_(None))
    return list(tx.execute(query).scalars())


def mark_scrubbed(tx: Connection, case_ids: Sequence[str], now: datetime) -> None:
    tx.execute(sa.update(case).where(case.c.id.in_(case_ids)).values(scrubbed_at=now))


def scrub(database: Database) -> None:
    """Let the database forget the pages that deleted rows stood on. Outside every transaction."""
    if database.is_sqlite:
        database.outside_transactions("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        database.outside_transactions(
            'VACUUM "case", case_key, record_entry, draft, name_index, work_item, consent, incident, value_change'
        )
