"""Copies of an installation: what is sealed in one file, the keys to it in another that is kept for a short time.

An old backup must not bring back what was destroyed: whoever has only the first file can read nothing of a case.
Both are SQLite files whatever the database is, so a backup comes back on either kind.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from engine.errors import Refusal
from engine.persistence import copying
from engine.persistence.database import Database
from engine.persistence.migrating import migrate
from engine.persistence.tables.cases import case_key
from engine.text import Text

SEALED, KEYS = "sealed.sqlite", "keys.sqlite"


class BackupStands(Refusal):
    sentence = Text(
        "{path} stands already. Choose a new folder, so that nothing is overwritten.",
        "الملف {path} موجود بالفعل. يُرجى اختيار مجلد جديد حتى لا يُكتب فوق شيء.",
    )


class NoBackup(Refusal):
    sentence = Text(
        "Both {sealed} and {keys} were expected in {folder}.",
        "المتوقع وجود الملفين {sealed} و{keys} في المجلد {folder}.",
    )


def write(database: Database, folder: Path) -> tuple[Path, Path]:
    """Copy the database as it is at one moment, while it is used; both files. Raises `BackupStands`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed, keys = folder / SEALED, folder / KEYS
    for path in (sealed, keys):
        if path.exists():
            raise BackupStands(path=path)
        path.touch(mode=0o600)
    if database.is_sqlite:
        _copy_file(database, sealed)
        _take_keys_out(sealed, keys)
    else:
        _copy_rows(database, sealed, keys)
    return sealed, keys


def restore(folder: Path, database: Database) -> None:
    """Put a backup where nothing is. Raises `NoBackup`, `BackupStands`, `NotEmpty`."""
    sealed, keys = folder / SEALED, folder / KEYS
    if not sealed.is_file() or not keys.is_file():
        raise NoBackup(sealed=SEALED, keys=KEYS, folder=folder)
    if database.is_sqlite:
        _restore_file(sealed, keys, Path(database.url.database or ""))
    else:
        _restore_rows(sealed, keys, database)


def _copy_file(database: Database, sealed: Path) -> None:
    with closing(sqlite3.connect(sealed)) as copy:
        live = database.engine.raw_connection()
        try:
            source: Any = live.driver_connection
            source.backup(copy)
        finally:
            live.close()


def _take_keys_out(sealed: Path, keys: Path) -> None:
    with closing(sqlite3.connect(sealed)) as copy:
        copy.execute("ATTACH ? AS apart", (str(keys),))
        copy.execute("CREATE TABLE apart.case_key AS SELECT * FROM main.case_key")
        copy.execute("PRAGMA main.secure_delete=ON")
        copy.execute("DELETE FROM main.case_key")
        copy.commit()
        copy.execute("DETACH apart")
        copy.execute("VACUUM")


def _copy_rows(database: Database, sealed: Path, keys: Path) -> None:
    """Keys and all else from one snapshot, so that they belong together; no key ever touches the sealed file."""
    url = f"sqlite:///{sealed.resolve()}"
    migrate(url)
    sealing = Database(url)
    try:
        with database.snapshot() as source, sealing.writing() as target:
            copying.copy(source, target, _but_keys())
            wrapped = source.execute(sa.select(case_key)).all()
    finally:
        sealing.close()
    with closing(sqlite3.connect(sealed)) as whole:  # one file, without a log beside it
        whole.execute("PRAGMA journal_mode=DELETE")
    with closing(sqlite3.connect(keys)) as apart:
        apart.execute("CREATE TABLE case_key (case_id, generation, wrapped_by, wrapped)")
        apart.executemany("INSERT INTO case_key VALUES (?, ?, ?, ?)", [tuple(row) for row in wrapped])
        apart.commit()


def _restore_file(sealed: Path, keys: Path, path: Path) -> None:
    if path.exists() and path.stat().st_size:
        raise BackupStands(path=path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as target:
        with closing(sqlite3.connect(f"file:{sealed}?mode=ro", uri=True)) as source:
            source.backup(target)
        target.execute("ATTACH ? AS apart", (str(keys),))
        target.execute("INSERT INTO main.case_key SELECT * FROM apart.case_key")
        target.commit()
        target.execute("DETACH apart")


def _restore_rows(sealed: Path, keys: Path, database: Database) -> None:
    """All or nothing, in one transaction. The backup may be of an older version: a copy without keys is brought up."""
    migrate(database.url.render_as_string(hide_password=False))
    with TemporaryDirectory() as beside:
        url = f"sqlite:///{shutil.copy(sealed, Path(beside).resolve() / SEALED)}"
        migrate(url)
        sealing = Database(url)
        try:
            with database.writing() as target, sealing.reading() as source:
                copying.refuse_rows(target)
                copying.copy(source, target, _but_keys())
                if wrapped := _read_keys(keys):
                    target.execute(sa.insert(case_key), wrapped)
        finally:
            sealing.close()


def _but_keys() -> list[sa.Table]:
    return [table for table in copying.tables() if table is not case_key]


def _read_keys(keys: Path) -> list[dict[str, Any]]:
    names = ("case_id", "generation", "wrapped_by", "wrapped")
    with closing(sqlite3.connect(f"file:{keys}?mode=ro", uri=True)) as apart:
        rows = apart.execute(f"SELECT {', '.join(names)} FROM case_key").fetchall()
    return [dict(zip(names, row, strict=True)) for row in rows]
