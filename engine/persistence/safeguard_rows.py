"""The versions of the list of safeguards, and the signatures under them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.people import account
from engine.persistence.tables.safeguards import safeguard_list, safeguard_signature

Values = dict[str, Any]


def of_status(tx: Connection, status: str) -> Row[Any] | None:
    """The list in force, or the one that is proposed: there is one of each at most."""
    return tx.execute(_VERSIONS.where(safeguard_list.c.status == status)).first()


def versions(tx: Connection) -> Sequence[Row[Any]]:
    """Every version, the latest first, with the name of who proposed it."""
    return tx.execute(_VERSIONS.order_by(safeguard_list.c.version.desc())).all()


def latest(tx: Connection) -> int:
    return tx.execute(sa.select(sa.func.max(safeguard_list.c.version))).scalar() or 0


def insert(tx: Connection, values: Values) -> None:
    tx.execute(sa.insert(safeguard_list).values(**values))


def change(tx: Connection, status: str, values: Values) -> None:
    """Change the list of this status."""
    tx.execute(sa.update(safeguard_list).where(safeguard_list.c.status == status).values(**values))


def signatures(tx: Connection) -> Sequence[Row[Any]]:
    """Those under every version, the oldest first."""
    query = sa.select(safeguard_signature, account.c.name)
    query = query.join(account, account.c.id == safeguard_signature.c.account_id)
    return tx.execute(query.order_by(safeguard_signature.c.at)).all()


def sign(tx: Connection, values: Values) -> None:
    tx.execute(sa.insert(safeguard_signature).values(**values))


_VERSIONS = sa.select(safeguard_list, account.c.name.label("proposer")).outerjoin(
    account, account.c.id == safeguard_list.c.proposed_by
)
