"""Releases with their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.releases import mechanism_release, process_digest, release_file

Values = dict[str, Any]


def insert(
    tx: Connection,
    values: Values,
    files: Mapping[str, bytes],
    executed: Mapping[str, bytes],
    digests: Mapping[str, str],
) -> None:
    tx.execute(sa.insert(mechanism_release).values(**values))
    rows = [
        {"release_id": values["id"], "path": path, "content": content, "executed": executed.get(path)}
        for path, content in files.items()
    ]
    tx.execute(sa.insert(release_file), rows)
    if digests:
        of_processes = [{"release_id": values["id"], "process_id": p, "digest": d} for p, d in digests.items()]
        tx.execute(sa.insert(process_digest), of_processes)


def in_force(tx: Connection) -> Row[Any] | None:
    return tx.execute(sa.select(mechanism_release).where(mechanism_release.c.status == "published")).first()


def read(tx: Connection, release_id: str) -> Row[Any] | None:
    return tx.execute(sa.select(mechanism_release).where(mechanism_release.c.id == release_id)).first()


def by_digest(tx: Connection, digest: str) -> Row[Any] | None:
    return tx.execute(sa.select(mechanism_release).where(mechanism_release.c.digest == digest)).first()


def all_by_digest(tx: Connection, digest: str) -> Sequence[Row[Any]]:
    return tx.execute(sa.select(mechanism_release).where(mechanism_release.c.digest == digest)).all()


def latest_number(tx: Connection) -> int:
    return tx.execute(sa.select(sa.func.max(mechanism_release.c.number))).scalar() or 0


def files(tx: Connection, release_id: str) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of a release by path, and what its diagrams were rewritten into."""
    query = sa.select(release_file).where(release_file.c.release_id == release_id).order_by(release_file.c.path)
    rows = tx.execute(query).all()
    return {row.path: row.content for row in rows}, {row.path: row.executed for row in rows if row.executed}
