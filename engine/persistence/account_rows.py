"""Rows of accounts, memberships, sessions, attempts to sign in and resets of passwords."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.people import account, membership, organisation, password_reset, session, sign_in_attempt
from engine.persistence.tables.work import work_item


def account_by_name(connection: Connection, sign_in_name: str) -> Row[Any] | None:
    return connection.execute(sa.select(account).where(account.c.sign_in_name == sign_in_name)).one_or_none()


def account_by_id(connection: Connection, account_id: str) -> Row[Any] | None:
    return connection.execute(sa.select(account).where(account.c.id == account_id)).one_or_none()


def update_account(connection: Connection, account_id: str, **values: object) -> None:
    connection.execute(sa.update(account).where(account.c.id == account_id).values(**values))


def standing_memberships(connection: Connection, account_id: str) -> Sequence[Row[Any]]:
    """Roles the account holds now, in active organisations."""
    query = (
        sa.select(membership.c.id, membership.c.organisation_id, membership.c.role)
        .add_columns(organisation.c.name_en, organisation.c.name_ar)
        .join(organisation, organisation.c.id == membership.c.organisation_id)
        .where(membership.c.account_id == account_id, membership.c.revoked_at.is_(None), organisation.c.is_active)
        .order_by(membership.c.organisation_id, membership.c.role)
    )
    return connection.execute(query).all()


def holders_of(connection: Connection, roles: Sequence[str]) -> Sequence[Row[Any]]:
    """Everybody active who holds one of these roles now, each once."""
    standing = sa.and_(membership.c.revoked_at.is_(None), membership.c.role.in_(roles))
    holds = sa.exists().where(membership.c.account_id == account.c.id, standing)
    return connection.execute(sa.select(account).where(account.c.disabled_at.is_(None), holds)).all()


def failures_since(connection: Connection, since: datetime, *, name: str = "", address: str = "") -> int:
    """Failed attempts after the last success of the name, or of the address whatever the name."""
    rows = sign_in_attempt.c
    who = rows.sign_in_name == name if name else rows.address == address
    query = sa.select(sa.func.count()).where(who, rows.at > since, sa.not_(rows.succeeded))
    if name:
        last = sa.select(sa.func.max(rows.at)).where(who, rows.succeeded).scalar_subquery()
        query = query.where(rows.at > sa.func.coalesce(last, since))
    return int(connection.execute(query).scalar_one())


def insert_attempt(connection: Connection, **values: object) -> None:
    connection.execute(sa.insert(sign_in_attempt).values(**values))


def insert_session(connection: Connection, **values: object) -> None:
    connection.execute(sa.insert(session).values(**values))


def session_with_account(connection: Connection, token_digest: str) -> Row[Any] | None:
    """The session and its account's name, language and standing, whether or not it has expired."""
    query = (
        sa.select(session, account.c.name, account.c.language, account.c.must_change_password, account.c.disabled_at)
        .join(account, account.c.id == session.c.account_id)
        .where(session.c.token_digest == token_digest)
    )
    return connection.execute(query).one_or_none()


def touch_session(connection: Connection, token_digest: str, seen_at: datetime) -> None:
    connection.execute(sa.update(session).where(session.c.token_digest == token_digest).values(seen_at=seen_at))


def delete_sessions(connection: Connection, *, token_digest: str = "", account_id: str = "") -> None:
    """End one session, or all of an account."""
    which = session.c.token_digest == token_digest if token_digest else session.c.account_id == account_id
    connection.execute(sa.delete(session).where(which))


def insert_reset(connection: Connection, **values: object) -> None:
    connection.execute(sa.insert(password_reset).values(**values))


def update_reset(connection: Connection, reset_id: str, **values: object) -> None:
    connection.execute(sa.update(password_reset).where(password_reset.c.id == reset_id).values(**values))


def open_resets(connection: Connection) -> Sequence[Row[Any]]:
    """Resets that wait for a second person, the oldest first."""
    query = (
        sa.select(password_reset, account.c.name, account.c.sign_in_name)
        .join(account, account.c.id == password_reset.c.account_id)
        .where(password_reset.c.approved_at.is_(None))
        .order_by(password_reset.c.requested_at)
    )
    return connection.execute(query).all()


def reset_by(connection: Connection, *, reset_id: str = "", token_digest: str = "") -> Row[Any] | None:
    which = password_reset.c.id == reset_id if reset_id else password_reset.c.token_digest == token_digest
    return connection.execute(sa.select(password_reset).where(which)).one_or_none()


def any_of_demonstration(connection: Connection) -> bool:
    invented = sa.select(account.c.id).where(account.c.is_demonstration, account.c.disabled_at.is_(None))
    return connection.execute(invented.limit(1)).first() is not None


def of_demonstration(connection: Connection) -> Sequence[Row[Any]]:
    """Invented people with their roles and organisations, those with most open tasks in their seat first."""
    waiting = (
        sa.select(sa.func.count())
        .where(
            work_item.c.organisation_id == membership.c.organisation_id,
            work_item.c.role == membership.c.role,
            work_item.c.status == "open",
        )
        .scalar_subquery()
    )
    query: sa.Select[Any] = (
        sa.select(account.c.sign_in_name, membership.c.role, organisation.c.name_en, organisation.c.name_ar)
        .select_from(account)
        .join(membership, membership.c.account_id == account.c.id)
        .join(organisation, organisation.c.id == membership.c.organisation_id)
        .where(account.c.is_demonstration, account.c.disabled_at.is_(None), membership.c.revoked_at.is_(None))
        .order_by(waiting.desc(), sa.func.length(account.c.sign_in_name), account.c.sign_in_name)
    )
    return connection.execute(query).all()
