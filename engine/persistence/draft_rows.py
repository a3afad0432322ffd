"""Drafts of the mechanism while they are worked on: their files, signatures and stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from engine.persistence.tables.people import account
from engine.persistence.tables.releases import (
    mechanism_release,
    process_digest,
    release_author,
    release_file,
    release_signature,
    release_story,
    unsaved_file,
)

Values = dict[str, Any]


def all_releases(tx: Connection) -> Sequence[Row[Any]]:
    """Every release and draft that was kept, the latest first, with the names of who made and proposed it."""
    maker, proposer = account.alias("maker"), account.alias("proposer")
    query = sa.select(mechanism_release, maker.c.name.label("maker"), proposer.c.name.label("proposer"))
    query = query.outerjoin(maker, maker.c.id == mechanism_release.c.created_by)
    query = query.outerjoin(proposer, proposer.c.id == mechanism_release.c.proposed_by)
    query = query.where(mechanism_release.c.status != "discarded")
    return tx.execute(query.order_by(mechanism_release.c.number.desc())).all()


def insert(tx: Connection, values: Values, files: Mapping[str, bytes]) -> None:
    tx.execute(sa.insert(mechanism_release).values(**values))
    rows = [{"release_id": values["id"], "path": path, "content": content} for path, content in files.items()]
    tx.execute(sa.insert(release_file), rows)


def change(tx: Connection, release_id: str, status: str, values: Values) -> bool:
    """Change a release of this status; False where it has another one by now."""
    here = sa.and_(mechanism_release.c.id == release_id, mechanism_release.c.status == status)
    return tx.execute(sa.update(mechanism_release).where(here).values(**values)).rowcount == 1


def retire_others(tx: Connection, release_id: str, now: datetime) -> None:
    others = sa.and_(mechanism_release.c.status == "published", mechanism_release.c.id != release_id)
    tx.execute(sa.update(mechanism_release).where(others).values(status="retired", retired_at=now))


def discard(tx: Connection, release_id: str) -> None:
    """Empty a draft that nobody wants any more, on which nothing ever ran; its number is not given again."""
    for table in (unsaved_file, release_story, release_signature, release_author, process_digest, release_file):
        tx.execute(sa.delete(table).where(table.c.release_id == release_id))
    change(tx, release_id, "draft", {"status": "discarded"})


# Files --------------------------------------------------------------------------------------------------------------
def file(tx: Connection, release_id: str, path: str) -> Row[Any] | None:
    """One file, with the name of who changed it last."""
    query = sa.select(release_file, account.c.name.label("changer"))
    query = query.outerjoin(account, account.c.id == release_file.c.changed_by)
    return tx.execute(query.where(release_file.c.release_id == release_id, release_file.c.path == path)).first()


def file_list(tx: Connection, release_id: str) -> Sequence[Any]:
    """Path, size and last change of every file."""
    size = sa.func.length(release_file.c.content).label("size")
    columns = (release_file.c.path, release_file.c.revision, release_file.c.changed_at, size)
    query = sa.select(*columns).where(release_file.c.release_id == release_id)
    return tx.execute(query.order_by(release_file.c.path)).all()


def insert_file(tx: Connection, release_id: str, path: str, content: bytes, by: str, now: datetime) -> None:
    about = {"release_id": release_id, "path": path, "content": content, "revision": 1}
    tx.execute(sa.insert(release_file).values(**about, changed_by=by, changed_at=now))


def save_file(
    tx: Connection, release_id: str, path: str, revision: int, content: bytes, by: str, now: datetime
) -> bool:
    """Write the file at its next revision; False where it has another one than `revision` by now."""
    here = sa.and_(
        release_file.c.release_id == release_id, release_file.c.path == path, release_file.c.revision == revision
    )
    values = {"content": content, "revision": revision + 1, "changed_by": by, "changed_at": now}
    return tx.execute(sa.update(release_file).where(here).values(**values)).rowcount == 1


def remove_file(tx: Connection, release_id: str, path: str, revision: int) -> bool:
    """False where the file has another revision by now."""
    here = sa.and_(
        release_file.c.release_id == release_id, release_file.c.path == path, release_file.c.revision == revision
    )
    return tx.execute(sa.delete(release_file).where(here)).rowcount == 1


# What is not saved yet -----------------------------------------------------------------------------------------------
def unsaved(tx: Connection, release_id: str, account_id: str, path: str) -> Row[Any] | None:
    return tx.execute(sa.select(unsaved_file).where(_unsaved_by(release_id, account_id, path))).first()


def keep_unsaved(tx: Connection, values: Values) -> None:
    """Keep what somebody drew, in place of what they had drawn before."""
    forget_unsaved(tx, values["release_id"], values["account_id"], values["path"])
    tx.execute(sa.insert(unsaved_file).values(**values))


def forget_unsaved(tx: Connection, release_id: str, account_id: str, path: str) -> None:
    tx.execute(sa.delete(unsaved_file).where(_unsaved_by(release_id, account_id, path)))


def _unsaved_by(release_id: str, account_id: str, path: str) -> sa.ColumnElement[bool]:
    return sa.and_(
        unsaved_file.c.release_id == release_id, unsaved_file.c.account_id == account_id, unsaved_file.c.path == path
    )


def set_executed(tx: Connection, release_id: str, executed: Mapping[str, bytes], digests: Mapping[str, str]) -> None:
    """What the diagrams of a release that comes into force are rewritten into, and the digests of its processes."""
    for path, content in executed.items():
        here = sa.and_(release_file.c.release_id == release_id, release_file.c.path == path)
        tx.execute(sa.update(release_file).where(here).values(executed=content))
    rows = [{"release_id": release_id, "process_id": process, "digest": digest} for process, digest in digests.items()]
    tx.execute(sa.delete(process_digest).where(process_digest.c.release_id == release_id))
    tx.execute(sa.insert(process_digest), rows)


# Signatures and stories ---------------------------------------------------------------------------------------------
def signatures(tx: Connection, release_id: str) -> Sequence[Row[Any]]:
    query = sa.select(release_signature, account.c.name).join(account, account.c.id == release_signature.c.account_id)
    return tx.execute(query.where(release_signature.c.release_id == release_id).order_by(release_signature.c.at)).all()


def sign(tx: Connection, values: Values) -> None:
    tx.execute(sa.insert(release_signature).values(**values))


def clear_signatures(tx: Connection, release_id: str) -> None:
    tx.execute(sa.delete(release_signature).where(release_signature.c.release_id == release_id))


def stories(tx: Connection, release_id: str, digest: str) -> Sequence[Row[Any]]:
    """How stories went on exactly these files."""
    here = sa.and_(release_story.c.release_id == release_id, release_story.c.digest == digest)
    return tx.execute(sa.select(release_story).where(here).order_by(release_story.c.path)).all()


def keep_story(tx: Connection, values: Values) -> None:
    """Note how a story went, in place of how it went before."""
    same = sa.and_(release_story.c.release_id == values["release_id"], release_story.c.path == values["path"])
    tx.execute(sa.delete(release_story).where(same))
    tx.execute(sa.insert(release_story).values(**values))
