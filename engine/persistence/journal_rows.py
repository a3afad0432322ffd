"""The journal: append only, one chain per stream, its head compared and set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.cases import journal, journal_head

Values = dict[str, Any]

_HEAD = sa.select(journal_head).where(journal_head.c.stream == sa.bindparam("of_stream")).with_for_update()
_SET_HEAD = (
    sa.update(journal_head)
    .where(journal_head.c.stream == sa.bindparam("of_stream"), journal_head.c.sequence == sa.bindparam("before"))
    .values(sequence=sa.bindparam("to_sequence"), mac=sa.bindparam("to_mac"))
)
_APPEND = sa.insert(journal)


def begin_stream(tx: Connection, stream: str) -> None:
    """Make the head of a stream that has none; it is there already where another process was quicker."""
    insert = postgresql.insert if tx.dialect.name == "postgresql" else sqlite.insert
    row = {"stream": stream, "sequence": 0, "mac": b""}
    tx.execute(insert(journal_head).values(row).on_conflict_do_nothing())


def head(tx: Connection, stream: str) -> Row[Any] | None:
    """The end of the chain, locked until this transaction ends."""
    return tx.execute(_HEAD, {"of_stream": stream}).first()


def append(tx: Connection, row: Values) -> bool:
    """Add the entry behind its predecessor; False where somebody else did meanwhile."""
    new = {
        "of_stream": row["stream"],
        "before": row["sequence"] - 1,
        "to_sequence": row["sequence"],
        "to_mac": row["mac"],
    }
    if tx.execute(_SET_HEAD, new).rowcount != 1:
        return False
    tx.execute(_APPEND, row)
    return True


def entries(tx: Connection, stream: str, events: Sequence[str] = (), limit: int | None = None) -> Sequence[Row[Any]]:
    """Entries of a stream in order; with a limit, the latest ones."""
    query = sa.select(journal).where(journal.c.stream == stream)
    if events:
        query = query.where(journal.c.event.in_(events))
    if limit is None:
        return tx.execute(query.order_by(journal.c.sequence)).all()
    return list(reversed(tx.execute(query.order_by(journal.c.sequence.desc()).limit(limit)).all()))


def head_unlocked(tx: Connection, stream: str) -> Row[Any] | None:
    return tx.execute(sa.select(journal_head).where(journal_head.c.stream == stream)).first()


def streams(tx: Connection) -> Sequence[str]:
    return list(tx.execute(sa.select(journal_head.c.stream).order_by(journal_head.c.stream)).scalars())
