"""What a step reads first: the case under its lock and the item being done, each with all it needs in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import case, case_key, draft
from engine.persistence.tables.people import account, membership, organisation
from engine.persistence.tables.releases import holiday
from engine.persistence.tables.work import incident, notice, work_item

_HOLIDAYS = sa.select(sa.func.aggregate_strings(sa.cast(holiday.c.day, sa.Text), ",")).scalar_subquery()
_CASE = (
    sa.select(case, case_key.c.generation, case_key.c.wrapped_by, case_key.c.wrapped, _HOLIDAYS.label("holidays"))
    .outerjoin(case_key, case_key.c.case_id == case.c.id)
    .where(case.c.id == sa.bindparam("case_id"))
    .with_for_update(of=case, key_share=True)  # rows that point at the case may still be written by others
)
_WHO: sa.BindParameter[str] = sa.bindparam("account_id")
_ITEM = sa.select(
    work_item,
    sa.exists()
    .where(
        membership.c.account_id == _WHO,
        membership.c.organisation_id == work_item.c.organisation_id,
        membership.c.role == work_item.c.role,
        membership.c.revoked_at.is_(None),
        account.c.id == membership.c.account_id,
        account.c.disabled_at.is_(None),
        organisation.c.id == membership.c.organisation_id,
        organisation.c.is_active.is_(True),
    )
    .label("still_sits"),
    sa.exists().where(draft.c.work_item_id == work_item.c.id, draft.c.account_id == _WHO).label("has_draft"),
    sa.exists().where(notice.c.work_item_id == work_item.c.id, notice.c.read_at.is_(None)).label("has_notice"),
    sa.exists().where(incident.c.subject_id == work_item.c.id, incident.c.resolved_at.is_(None)).label("has_incident"),
).where(work_item.c.id == sa.bindparam("item_id"))


def begin(tx: Connection, case_id: str) -> Row[Any] | None:
    """The case, locked against every other step until this transaction ends, with its wrapped key and the `holidays`.

    `wrapped` is None once the key was destroyed.
    """
    return tx.execute(_CASE, {"case_id": case_id}).first()


def holidays(row: Row[Any]) -> Sequence[date]:
    return [date.fromisoformat(day) for day in (row.holidays or "").split(",") if day]


def item(tx: Connection, item_id: str, account_id: str) -> Row[Any] | None:
    """The item, whether the account still sits in its seat, and what stands that ends with it.

    `has_draft` of that account, `has_notice` that nobody has read, `has_incident` that is open. The caller holds the
    lock of the case, under which all but drafts are written.
    """
    return tx.execute(_ITEM, {"item_id": item_id, "account_id": account_id}).first()
