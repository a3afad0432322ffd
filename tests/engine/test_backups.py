"""A backup keeps sealed data and keys apart, and comes back whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.persistence import Database
from engine.persistence.backups import KEYS, SEALED, BackupStands, NoBackup, restore, write


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.fixture
def filled(sqlite_url: str) -> Iterator[Database]:
    database = Database(sqlite_url)
    database.outside_transactions(
        "PRAGMA foreign_keys=OFF",
        "INSERT INTO case_key (case_id, generation, wrapped_by, wrapped) VALUES ('c', 1, 'k', x'00')",
    )
    yield database
    database.close()


def test_the_sealed_file_holds_no_keys(filled: Database, tmp_path: Path) -> None:
    write(filled, tmp_path / "backup")
    assert count(tmp_path / "backup" / SEALED, "case_key") == 0


def test_a_backup_is_restored_with_its_keys(filled: Database, tmp_path: Path) -> None:
    write(filled, tmp_path / "backup")
    restore(tmp_path / "backup", Database(f"sqlite:///{tmp_path}/new/ihala.sqlite"))
    assert count(tmp_path / "new" / "ihala.sqlite", "case_key") == 1


def test_nothing_is_overwritten(filled: Database, tmp_path: Path) -> None:
    write(filled, tmp_path / "backup")
    with pytest.raises(BackupStands):
        write(filled, tmp_path / "backup")


def test_half_a_backup_is_refused(filled: Database, tmp_path: Path) -> None:
    write(filled, tmp_path / "backup")
    (tmp_path / "backup" / KEYS).unlink()
    with pytest.raises(NoBackup):
        restore(tmp_path / "backup", Database(f"sqlite:///{tmp_path}/new.sqlite"))
