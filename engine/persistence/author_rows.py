"""Who works on a draft beside its maker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.people import account
from engine.persistence.tables.releases import release_author

_NOW = release_author.c.ended_at.is_(None)
_ANSWERABLE = sa.or_(_NOW, release_author.c.changed_at.is_not(None))
"""Works on it now, or has changed it once: never one of those who sign it."""


def authors(tx: Connection) -> Sequence[Row[Any]]:
    """The present co-authors of every draft, with their names, in the order in which they came."""
    query = sa.select(release_author, account.c.name).join(account, account.c.id == release_author.c.account_id)
    return tx.execute(query.where(_NOW).order_by(release_author.c.since, account.c.name)).all()


def is_author(tx: Connection, release_id: str, account_id: str) -> bool:
    return (
        tx.execute(sa.select(release_author.c.account_id).where(_of(release_id, account_id), _NOW)).first() is not None
    )


def answerable(tx: Connection, release_id: str) -> set[str]:
    """Accounts of everybody beside the maker who works on the draft or has changed it."""
    query = sa.select(release_author.c.account_id).where(release_author.c.release_id == release_id, _ANSWERABLE)
    return set(tx.execute(query).scalars())


def add(tx: Connection, release_id: str, account_id: str, now: datetime) -> bool:
    """Let somebody work on the draft; False where they do already."""
    if is_author(tx, release_id, account_id):
        return False
    if not _update(tx, release_id, account_id, {"ended_at": None, "since": now}):
        values = {"release_id": release_id, "account_id": account_id, "since": now}
        tx.execute(sa.insert(release_author).values(**values))
    return True


def end(tx: Connection, release_id: str, account_id: str, now: datetime) -> bool:
    """Let somebody work on it no longer; False where they did not. What they have changed stays known as theirs."""
    if not is_author(tx, release_id, account_id):
        return False
    return _update(tx, release_id, account_id, {"ended_at": now})


def has_changed(tx: Connection, release_id: str, account_id: str, now: datetime) -> None:
    """Note that somebody beside the maker has changed the draft; that makes them one of its authors."""
    add(tx, release_id, account_id, now)
    _update(tx, release_id, account_id, {"changed_at": now})


def carry(tx: Connection, release_id: str, accounts: Iterable[str], now: datetime) -> None:
    """Note who changed the files before they came into this draft, without letting them into it."""
    rows = [
        {"release_id": release_id, "account_id": one, "since": now, "ended_at": now, "changed_at": now}
        for one in sorted(accounts)
    ]
    if rows:
        tx.execute(sa.insert(release_author), rows)


def _update(tx: Connection, release_id: str, account_id: str, values: dict[str, Any]) -> bool:
    here = _of(release_id, account_id)
    return tx.execute(sa.update(release_author).where(here).values(**values)).rowcount == 1


def _of(release_id: str, account_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(release_author.c.release_id == release_id, release_author.c.account_id == account_id)
