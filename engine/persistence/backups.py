"""Copies of a SQLite installation: what is sealed in one file, the keys to it in another that is kept for a short time.

An old backup must not bring back what was destroyed: whoever has only the first file can read nothing of a case.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from engine.errors import Refusal
from engine.persistence.database import Database
from engine.text import Text

SEALED, KEYS = "sealed.sqlite", "keys.sqlite"


class NotSqlite(Refusal):
    sentence = Text(
        "This installation runs on PostgreSQL: use pg_dump, the table case_key apart (see docs/operators.md).",
        "يعمل هذا التثبيت على PostgreSQL: يُنسخ بالأداة pg_dump مع فصل الجدول case_key (انظر docs/operators.md).",
    )


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
    """Copy the database as it is at one moment, while it is used; both files. Raises `NotSqlite`, `BackupStands`."""
    if not database.is_sqlite:
        raise NotSqlite
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed, keys = folder / SEALED, folder / KEYS
    for path in (sealed, keys):
        if path.exists():
            raise BackupStands(path=path)
        path.touch(mode=0o600)
    with closing(sqlite3.connect(sealed)) as copy:
        live = database.engine.raw_connection()
        try:
            source: Any = live.driver_connection
            source.backup(copy)
        finally:
            live.close()
        copy.execute("ATTACH ? AS apart", (str(keys),))
        copy.execute("CREATE TABLE apart.case_key AS SELECT * FROM main.case_key")
        copy.execute("PRAGMA main.secure_delete=ON")
        copy.execute("DELETE FROM main.case_key")
        copy.commit()
        copy.execute("DETACH apart")
        copy.execute("VACUUM")
    return sealed, keys


def restore(folder: Path, database_path: Path) -> None:
    """Put a backup where no database is. Raises `NoBackup`, `BackupStands`."""
    sealed, keys = folder / SEALED, folder / KEYS
    if not sealed.is_file() or not keys.is_file():
        raise NoBackup(sealed=SEALED, keys=KEYS, folder=folder)
    if database_path.exists():
        raise BackupStands(path=database_path)
    database_path.parent.mkdir(parents=True, exist_ok=True)
    database_path.touch(mode=0o600)
    with closing(sqlite3.connect(database_path)) as target:
        with closing(sqlite3.connect(f"file:{sealed}?mode=ro", uri=True)) as source:
            source.backup(target)
        target.execute("ATTACH ? AS apart", (str(keys),))
        target.execute("INSERT INTO main.case_key SELECT * FROM apart.case_key")
        target.commit()
        target.execute("DETACH apart")
