"""Who serves a case in which role, who could, and what the person agreed to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import consent, team_member
from engine.persistence.tables.people import account, membership, organisation
from engine.persistence.tables.work import work_item

Values = dict[str, Any]


def team(tx: Connection, case_id: str) -> Sequence[Row[Any]]:
    """Those in the team now, in the order they joined, with the names of their organisations."""
    query = (
        sa.select(team_member, organisation.c.name_en, organisation.c.name_ar)
        .join(organisation, organisation.c.id == team_member.c.organisation_id)
        .where(team_member.c.case_id == case_id, team_member.c.left_at.is_(None))
        .order_by(team_member.c.joined_at, team_member.c.id)
    )
    return tx.execute(query).all()


def join(tx: Connection, case_id: str, role: str, organisation_id: str, reason: str, now: datetime) -> None:
    """Let the organisation join in that role; whoever is there already stays, with the later moment."""
    standing = _standing(case_id, role, organisation_id)
    if tx.execute(sa.update(team_member).where(standing).values(joined_at=now)).rowcount:
        return
    row = {"case_id": case_id, "role": role, "organisation_id": organisation_id, "reason": reason, "joined_at": now}
    tx.execute(sa.insert(team_member).values(id=uuid4().hex, **row))


def leave(tx: Connection, case_id: str, role: str, organisation_id: str | None, now: datetime) -> list[str]:
    """Take the organisation (or everybody in the role) off the team; who left."""
    standing = _standing(case_id, role, organisation_id)
    left = list(tx.execute(sa.select(team_member.c.organisation_id).where(standing)).scalars())
    if left:
        tx.execute(sa.update(team_member).where(standing).values(left_at=now))
    return left


def leave_at_end(tx: Connection, case_id: str, staying: Sequence[str], now: datetime) -> None:
    """Take everybody off the team but these roles."""
    serving = sa.and_(team_member.c.case_id == case_id, team_member.c.left_at.is_(None))
    tx.execute(sa.update(team_member).where(serving, team_member.c.role.not_in(staying)).values(left_at=now))


def leave_with_purpose(tx: Connection, case_id: str, purpose: str, staying: Sequence[str], now: datetime) -> None:
    """Take off the team whoever serves the case for this purpose alone; roles that stay are answerable for it all."""
    in_seat = sa.and_(
        work_item.c.case_id == team_member.c.case_id,
        work_item.c.organisation_id == team_member.c.organisation_id,
        work_item.c.role == team_member.c.role,
    )
    for_it = sa.exists(sa.select(work_item.c.id).where(in_seat, work_item.c.purpose == purpose))
    otherwise = sa.exists(sa.select(work_item.c.id).where(in_seat, work_item.c.purpose != purpose))
    serving = sa.and_(team_member.c.case_id == case_id, team_member.c.left_at.is_(None))
    rests_on_it = sa.and_(serving, team_member.c.role.not_in(staying), for_it, sa.not_(otherwise))
    tx.execute(sa.update(team_member).where(rests_on_it).values(left_at=now))


def _standing(case_id: str, role: str, organisation_id: str | None) -> sa.ColumnElement[bool]:
    parts = [team_member.c.case_id == case_id, team_member.c.role == role, team_member.c.left_at.is_(None)]
    return sa.and_(*parts, *([team_member.c.organisation_id == organisation_id] if organisation_id else []))


def _active() -> tuple[sa.ColumnElement[bool], ...]:
    return membership.c.revoked_at.is_(None), account.c.disabled_at.is_(None), organisation.c.is_active.is_(True)


def still_sits(tx: Connection, account_id: str, seats: Sequence[tuple[str, str]]) -> bool:
    """Whether the person holds one of these seats at this very moment."""
    query = (
        sa.select(membership.c.id)
        .join(account, account.c.id == membership.c.account_id)
        .join(organisation, organisation.c.id == membership.c.organisation_id)
        .where(
            membership.c.account_id == account_id,
            sa.tuple_(membership.c.organisation_id, membership.c.role).in_(seats),
            *_active(),
        )
    )
    return tx.execute(query.limit(1)).first() is not None


def organisation_row(tx: Connection, organisation_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(organisation).where(organisation.c.id == organisation_id)).first()


def account_name(tx: Connection, account_id: str | None) -> str:
    return tx.execute(sa.select(account.c.name).where(account.c.id == account_id)).scalar() or ""


def account_names(tx: Connection, account_ids: Iterable[str]) -> dict[str, str]:
    query = sa.select(account.c.id, account.c.name).where(account.c.id.in_(list(account_ids)))
    return {row.id: row.name for row in tx.execute(query)}


def organisation_names(tx: Connection, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    query = sa.select(organisation.c.id, organisation.c.name_en, organisation.c.name_ar)
    return {row.id: (row.name_en, row.name_ar) for row in tx.execute(query.where(organisation.c.id.in_(list(ids))))}


def consents(tx: Connection, case_id: str) -> Sequence[Row[Any]]:
    """What stands now, per purpose."""
    standing = sa.and_(consent.c.case_id == case_id, consent.c.superseded_at.is_(None))
    return tx.execute(sa.select(consent).where(standing).order_by(consent.c.purpose)).all()


def refused_purposes(tx: Connection, case_id: str) -> list[str]:
    """Purposes of which the person says no, or no longer yes."""
    standing = sa.and_(consent.c.case_id == case_id, consent.c.superseded_at.is_(None))
    no = consent.c.state.in_(("refused", "withdrawn"))
    return list(tx.execute(sa.select(consent.c.purpose).where(standing, no)).scalars())


def consent_history(tx: Connection, case_id: str) -> Sequence[Row[Any]]:
    return tx.execute(
        sa.select(consent).where(consent.c.case_id == case_id).order_by(consent.c.at, consent.c.version)
    ).all()


def record_consent(tx: Connection, values: Values) -> None:
    """Let the new version stand in place of the one before it, which is kept."""
    same = sa.and_(consent.c.case_id == values["case_id"], consent.c.purpose == values["purpose"])
    before = tx.execute(sa.select(sa.func.max(consent.c.version)).where(same)).scalar() or 0
    standing = sa.and_(same, consent.c.superseded_at.is_(None))
    tx.execute(sa.update(consent).where(standing).values(superseded_at=values["at"]))
    tx.execute(sa.insert(consent).values(id=values.pop("id", uuid4().hex), version=before + 1, **values))
