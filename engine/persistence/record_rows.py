"""The sealed record of a case, drafts and the blind index of names: only ciphertext and keyed hashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import draft, name_index, record_entry
from engine.persistence.tables.people import account, organisation

Values = dict[str, Any]


_LAST = sa.select(sa.func.coalesce(sa.func.max(record_entry.c.sequence), 0) + 1).where(
    record_entry.c.case_id == sa.bindparam("case_id")
)
_APPEND = sa.insert(record_entry).values(
    {
        column.name: sa.bindparam(column.name, type_=column.type)
        for column in record_entry.c
        if column.name != "sequence"
    }
    | {"sequence": _LAST.scalar_subquery()}
)


def append(tx: Connection, values: Values) -> None:
    """Add an entry at the next place of its case; the caller holds the lock of the case."""
    tx.execute(_APPEND, values)


def of_case(tx: Connection, case_id: str) -> Sequence[Row[Any]]:
    """Every entry with who wrote it, in order."""
    query = (
        sa.select(
            record_entry,
            account.c.name.label("by_name"),
            organisation.c.name_en.label("organisation_en"),
            organisation.c.name_ar.label("organisation_ar"),
        )
        .outerjoin(account, account.c.id == record_entry.c.by)
        .outerjoin(organisation, organisation.c.id == record_entry.c.organisation_id)
        .where(record_entry.c.case_id == case_id)
        .order_by(record_entry.c.sequence)
    )
    return tx.execute(query).all()


def read(tx: Connection, entry_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(record_entry).where(record_entry.c.id == entry_id)).first()


def save_draft(tx: Connection, values: Values) -> None:
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    statement = insert(draft).values(values)
    replaced = {"sealed": statement.excluded.sealed, "saved_at": statement.excluded.saved_at}
    keys = [draft.c.work_item_id, draft.c.account_id]
    tx.execute(statement.on_conflict_do_update(index_elements=keys, set_=replaced))


def read_draft(tx: Connection, work_item_id: str, account_id: str) -> Row[Any] | None:
    mine = sa.and_(draft.c.work_item_id == work_item_id, draft.c.account_id == account_id)
    return tx.execute(sa.select(draft).where(mine)).first()


def delete_drafts(tx: Connection, work_item_ids: Iterable[str], account_id: str | None = None) -> None:
    """Drop drafts of these items, of everybody or of one person."""
    ids = list(work_item_ids)
    if not ids:
        return
    mine = [draft.c.work_item_id.in_(ids)] + ([draft.c.account_id == account_id] if account_id else [])
    tx.execute(sa.delete(draft).where(*mine))


def index(tx: Connection, rows: Sequence[Values]) -> None:
    """Add entries of the blind index; one that is there already stays."""
    if rows:
        insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
        tx.execute(insert(name_index).on_conflict_do_nothing(), rows)


def others_alike(tx: Connection, case_id: str) -> int:
    """How many other cases share an entry of the blind index with this one."""
    mine, other = name_index.alias("mine"), name_index.alias("other")
    shared = sa.and_(mine.c.token == other.c.token, mine.c.kind == other.c.kind, other.c.case_id != mine.c.case_id)
    query = sa.select(sa.func.count(sa.distinct(other.c.case_id))).select_from(mine.join(other, shared))
    return tx.execute(query.where(mine.c.case_id == case_id)).scalar_one()


def cases_with(tx: Connection, tokens: Sequence[bytes], limit: int) -> Sequence[str]:
    """Cases that have any of these entries."""
    query = sa.select(name_index.c.case_id).where(name_index.c.token.in_(tokens)).distinct().limit(limit)
    return list(tx.execute(query).scalars())
