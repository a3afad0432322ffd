"""What a step reads first: the case under its lock, and the item or clock it is about, each with all it needs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.staffing import VERSION
from engine.persistence.tables.cases import case, case_key, draft, journal_head
from engine.persistence.tables.people import account, membership, organisation
from engine.persistence.tables.work import incident, timer, work_item

_WITH_KEY = (
    sa.select(case, case_key.c.generation, case_key.c.wrapped_by, case_key.c.wrapped, VERSION)
    .outerjoin(case_key, case_key.c.case_id == case.c.id)
    .with_for_update(of=case, key_share=True)  # rows that point at the case may still be written by others
)
_CASE = _WITH_KEY.where(case.c.id == sa.bindparam("case_id"))
_CASE_OF = sa.select(work_item.c.case_id).where(work_item.c.id == sa.bindparam("item_id")).scalar_subquery()
_CASE_OF_ITEM = _WITH_KEY.where(case.c.id == _CASE_OF)  # an item never changes its case
_WHO: sa.BindParameter[str] = sa.bindparam("account_id")
_LOOKED_AT = sa.select(
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
    sa.exists().where(incident.c.subject_id == work_item.c.id, incident.c.resolved_at.is_(None)).label("has_incident"),
    journal_head.c.sequence.label("journal_sequence"),
    journal_head.c.mac.label("journal_mac"),
)
_ITEM = _LOOKED_AT.join_from(work_item, journal_head, journal_head.c.stream == sa.bindparam("stream")).where(
    work_item.c.id == sa.bindparam("item_id")
)


_CLOCK = (
    sa.select(timer, journal_head.c.sequence.label("journal_sequence"), journal_head.c.mac.label("journal_mac"))
    .join_from(timer, journal_head, journal_head.c.stream == sa.bindparam("stream"))
    .where(timer.c.id == sa.bindparam("timer_id"))
)


def begin(tx: Connection, case_id: str) -> Row[Any] | None:
    """The case, locked against every other step until this transaction ends, with its wrapped key and the
    `directory_version`.

    `wrapped` is None once the key was destroyed.
    """
    return tx.execute(_CASE, {"case_id": case_id}).first()


def begin_of_item(tx: Connection, item_id: str) -> Row[Any] | None:
    """The same of the case that the work item belongs to."""
    return tx.execute(_CASE_OF_ITEM, {"item_id": item_id}).first()


def item(tx: Connection, item_id: str, account_id: str, stream: str) -> Row[Any] | None:
    """The item, whether the account still sits in its seat, and what stands that ends with it.

    Also where the case's journal (`stream`) ends, without a lock of its own.
    `has_draft` of that account, `has_incident` that is open. The caller holds the
    lock of the case, under which all but drafts are written.
    """
    return tx.execute(_ITEM, {"item_id": item_id, "account_id": account_id, "stream": stream}).first()


def clock(tx: Connection, timer_id: str, stream: str) -> Row[Any] | None:
    """A clock of the locked case, and where the case's journal (`stream`) ends, without a lock of its own."""
    return tx.execute(_CLOCK, {"timer_id": timer_id, "stream": stream}).first()
