"""Moves an installation to another database: all of it or nothing, verified before it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine import journal
from engine.application import NotMigrated
from engine.errors import Refusal
from engine.persistence import Database, Transaction, copying, is_migrated, journal_rows, migrate
from engine.persistence.copying import Content
from engine.text import Text
from engine.vault import Vault


class ChainBroken(Refusal):
    sentence = Text(
        "The journal {stream} does not hold: {why} Nothing was copied; the operator must look into it first.",
        "السجل {stream} غير سليم: {why} لم يُنسخ شيء؛ وعلى مشغّل النظام بحث الأمر أولًا.",
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """What each table holds now, and how many chains of the journal were verified."""

    tables: Mapping[str, Content]
    chains: int


def move(source: Database, to: str, vault: Vault) -> Moved:
    """Copy everything into the empty database at `to`, in one transaction: after a crash, simply again.

    Raises `NotMigrated` or `InUse` of the source, `NotEmpty` of the target, `NotTheSame`, `ChainBroken`.
    """
    if not is_migrated(source):
        raise NotMigrated
    migrate(to)
    target = Database(to)
    try:
        with target.writing() as tx:
            copying.refuse_rows(tx)
            with source.alone() as read:
                tables = copying.copy(read, tx)
            return Moved(tables, _verified(tx, vault))
    finally:
        target.close()


def _verified(tx: Transaction, vault: Vault) -> int:
    """Every chain, read from the copy."""
    streams = journal_rows.streams(tx)
    for stream in streams:
        broken = journal.verify(tx, vault, stream)
        if broken is not None:
            raise ChainBroken(stream=stream, why=broken.text)
    return len(streams)
