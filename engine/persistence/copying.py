"""Copies every row from one database into another of either kind, and proves that both hold the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from engine.errors import Refusal
from engine.persistence.tables import metadata
from engine.text import Text

BATCH = 1000
"""Rows in memory at a time."""


class NotEmpty(Refusal):
    sentence = Text(
        "The database to copy into holds rows already (table {table}). Nothing was copied. Name an empty database.",
        "قاعدة البيانات المطلوب النسخ إليها تحتوي على صفوف بالفعل (الجدول {table}). "
        "لم يُنسخ شيء. يُرجى تحديد قاعدة بيانات فارغة.",
    )


class NotTheSame(Refusal):
    sentence = Text(
        "Table {table} came out different: {expected} rows were expected, {found} found. Nothing was kept. "
        "The operator can try again and should look at both databases.",
        "اختلف الجدول {table} بعد النسخ: كان المتوقع {expected} صفًا ووُجد {found}. لم يُحتفظ بشيء. "
        "يمكن لمشغّل النظام إعادة المحاولة وعليه فحص قاعدتي البيانات.",
    )


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds: so many rows, and a digest that no order of theirs changes."""

    rows: int
    digest: str


def tables() -> Sequence[sa.Table]:
    """Every table whose rows move with an installation, those that are pointed at first."""
    return [table for table in metadata.sorted_tables if table.info.get("is_copied", True)]


def refuse_rows(tx: Connection) -> None:
    """Raises `NotEmpty` where any table has a row."""
    for table in tables():
        if tx.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first():
            raise NotEmpty(table=table.name)


def copy(source: Connection, target: Connection, chosen: Sequence[sa.Table] | None = None) -> dict[str, Content]:
    """Copy the tables and read them back; what each holds. Raises `NotTheSame`; the caller commits."""
    return {table.name: _copy(source, target, table) for table in chosen or tables()}


def content(tx: Connection, table: sa.Table) -> Content:
    rows, sum_ = 0, 0
    for batch in _batches(tx, table):
        rows, sum_ = rows + len(batch), sum_ + _digest(batch)
    return Content(rows, _hex(sum_))


def _copy(source: Connection, target: Connection, table: sa.Table) -> Content:
    rows, sum_ = 0, 0
    for batch in _batches(source, table):
        target.execute(sa.insert(table), batch)
        rows, sum_ = rows + len(batch), sum_ + _digest(batch)
    copied, found = Content(rows, _hex(sum_)), content(target, table)
    if copied != found:
        raise NotTheSame(table=table.name, expected=copied.rows, found=found.rows)
    return copied


def _batches(tx: Connection, table: sa.Table) -> Iterator[list[dict[str, Any]]]:
    names = [str(column.key) for column in table.columns]
    with tx.execute(sa.select(table).execution_options(yield_per=BATCH)) as result:
        for rows in result.partitions():
            yield [dict(zip(names, row, strict=True)) for row in rows]


def _digest(batch: list[dict[str, Any]]) -> int:
    """A sum over rows: databases sort texts in ways of their own, so no digest may depend on an order."""
    return sum(int.from_bytes(hashlib.sha256(_bytes(row)).digest()) for row in batch)


def _bytes(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, default=lambda value: bytes(value).hex(), option=orjson.OPT_SORT_KEYS)


def _hex(sum_: int) -> str:
    return f"{sum_ % 2**256:064x}"
