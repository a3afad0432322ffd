"""Organisations with their people and roles, as administrators see and change them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.people import account, membership, organisation


def organisations(tx: Connection) -> Sequence[Row[Any]]:
    """Every organisation with `people`: how many active accounts hold a role in it."""
    standing = sa.and_(
        membership.c.organisation_id == organisation.c.id,
        membership.c.revoked_at.is_(None),
        sa.exists().where(account.c.id == membership.c.account_id, account.c.disabled_at.is_(None)),
    )
    people = sa.func.count(sa.distinct(membership.c.account_id)).label("people")
    query = (
        sa.select(organisation, people)
        .select_from(organisation)
        .join(membership, standing, isouter=True)
        .group_by(*organisation.c)
        .order_by(organisation.c.kind, organisation.c.name_ar)
    )
    return tx.execute(query).all()


def organisation_by_id(tx: Connection, organisation_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(organisation).where(organisation.c.id == organisation_id)).one_or_none()


def insert_organisation(tx: Connection, **values: object) -> None:
    tx.execute(sa.insert(organisation).values(**values))


def update_organisation(tx: Connection, organisation_id: str, **values: object) -> None:
    tx.execute(sa.update(organisation).where(organisation.c.id == organisation_id).values(**values))


def memberships_in(tx: Connection, organisation_id: str) -> Sequence[Row[Any]]:
    """Who holds which role in the organisation, with their accounts; disabled accounts too."""
    query = (
        sa.select(membership.c.id, membership.c.role, membership.c.account_id)
        .add_columns(account.c.name, account.c.sign_in_name, account.c.disabled_at)
        .join(account, account.c.id == membership.c.account_id)
        .where(membership.c.organisation_id == organisation_id, membership.c.revoked_at.is_(None))
        .order_by(account.c.name, membership.c.role)
    )
    return tx.execute(query).all()


def membership_by_id(tx: Connection, membership_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(membership).where(membership.c.id == membership_id)).one_or_none()


def holds(tx: Connection, account_id: str, organisation_id: str, role: str) -> bool:
    standing = sa.select(membership.c.id).where(
        membership.c.account_id == account_id,
        membership.c.organisation_id == organisation_id,
        membership.c.role == role,
        membership.c.revoked_at.is_(None),
    )
    return tx.execute(standing).first() is not None


def insert_account(tx: Connection, **values: object) -> None:
    tx.execute(sa.insert(account).values(**values))


def insert_membership(tx: Connection, **values: object) -> None:
    tx.execute(sa.insert(membership).values(**values))


def revoke(tx: Connection, membership_id: str, now: datetime) -> None:
    tx.execute(sa.update(membership).where(membership.c.id == membership_id).values(revoked_at=now))


def active_holders(tx: Connection, role: str) -> int:
    """How many people who can sign in hold the role anywhere."""
    query = (
        sa.select(sa.func.count(sa.distinct(membership.c.account_id)))
        .join(account, account.c.id == membership.c.account_id)
        .where(membership.c.role == role, membership.c.revoked_at.is_(None), account.c.disabled_at.is_(None))
    )
    return int(tx.execute(query).scalar_one())
