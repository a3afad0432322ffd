"""An installation is copied whole, into another kind of database too, and goes on there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from engine.application import open_ihala
from engine.command_line import main
from engine.commands.demo import fill
from engine.jobs.tick import tick
from engine.moving import ChainBroken, Moved, move
from engine.persistence import Database, backups, copying, migrate
from engine.persistence.backups import KEYS, SEALED
from engine.persistence.copying import NotEmpty, NotTheSame
from engine.persistence.database import InUse
from engine.persistence.tables.cases import case, case_key, journal
from engine.persistence.tables.work import work_item
from engine.releases import install
from engine.settings import Settings
from engine.tasks import complete_task
from tests.engine.application.office import Office, later, office


@pytest.fixture
def lived_in(sqlite_url: str, tmp_path: Path) -> Office:
    """Cases of every kind on SQLite; nobody has the database open."""
    opened = office(sqlite_url, tmp_path)
    fill_in(opened)
    opened.ihala.close()
    return opened


def fill_in(at: Office) -> None:
    for number in range(4):
        at.take(known_as=f"Zahra {number}")
    at.take(agrees="no")
    at.check()
    at.open()
    at.clock.move_to(later(3))
    tick(at.ihala)


def moved(at: Office, to: str) -> Moved:
    source = Database(at.ihala.settings.database_url)
    try:
        return move(source, to, at.ihala.vault)
    finally:
        source.close()


@contextmanager
def opened_at(at: Office, url: str) -> Iterator[Office]:
    """The same office with its database elsewhere."""
    ihala = open_ihala(at.ihala.settings.model_copy(update={"database": url}), at.clock)
    try:
        yield Office(ihala, at.clock, at.people)
    finally:
        ihala.close()


def contents(url: str) -> dict[str, copying.Content]:
    database = Database(url)
    with database.snapshot() as tx:
        held = {table.name: copying.content(tx, table) for table in copying.tables()}
    database.close()
    return held


def test_every_table_holds_the_same_after_a_move(lived_in: Office, postgresql_url: str) -> None:
    before = contents(lived_in.ihala.settings.database_url)
    moved(lived_in, postgresql_url)
    assert contents(postgresql_url) == before


def test_every_chain_of_the_journal_is_verified(lived_in: Office, postgresql_url: str) -> None:
    streams = contents(lived_in.ihala.settings.database_url)["journal_head"].rows
    assert moved(lived_in, postgresql_url).chains == streams > 5


def test_a_case_goes_on_in_the_new_database(lived_in: Office, postgresql_url: str) -> None:
    moved(lived_in, postgresql_url)
    with opened_at(lived_in, postgresql_url) as there:
        complete_task(there.ihala, there.colleague, there.tasks_of(there.colleague)["check"], {})
        assert "ask" in there.tasks_of(there.coordinator)


def test_a_new_case_opens_in_the_new_database(lived_in: Office, postgresql_url: str) -> None:
    moved(lived_in, postgresql_url)
    with opened_at(lived_in, postgresql_url) as there:
        assert there.take()


def test_a_moved_installation_moves_back(lived_in: Office, postgresql_url: str, tmp_path: Path) -> None:
    moved(lived_in, postgresql_url)
    back = f"sqlite:///{tmp_path}/back.sqlite"
    source = Database(postgresql_url)
    move(source, back, lived_in.ihala.vault)
    source.close()
    assert contents(back) == contents(lived_in.ihala.settings.database_url)


def test_a_database_with_rows_is_refused(lived_in: Office, postgresql_url: str) -> None:
    moved(lived_in, postgresql_url)
    with pytest.raises(NotEmpty):
        moved(lived_in, postgresql_url)


def test_a_database_that_somebody_has_open_is_refused(lived_in: Office, postgresql_url: str) -> None:
    with lived_in.ihala.database.reading() as tx:
        tx.execute(sa.select(case.c.id))
        with pytest.raises(InUse):
            moved(lived_in, postgresql_url)
    lived_in.ihala.close()


def test_a_move_that_broke_off_leaves_nothing_and_is_repeated(
    lived_in: Office, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as breaking:
        breaking.setattr("engine.moving._verified", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            moved(lived_in, postgresql_url)
    assert moved(lived_in, postgresql_url).tables["case"].rows == 6


def test_a_row_that_changed_on_the_way_is_found(
    lived_in: Office, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = copying._batches

    def changing(tx: sa.Connection, table: sa.Table) -> Iterator[list[dict[str, object]]]:
        for batch in honest(tx, table):
            is_copy = tx.dialect.name == "postgresql" and table is work_item
            yield [{**row, "element": "changed"} if is_copy else row for row in batch]

    monkeypatch.setattr(copying, "_batches", changing)
    with pytest.raises(NotTheSame):
        moved(lived_in, postgresql_url)


def test_an_edited_journal_is_not_carried_over(lived_in: Office, postgresql_url: str) -> None:
    with lived_in.ihala.database.writing() as tx:
        tx.execute(sa.update(journal).where(journal.c.event == "clock_fired").values(event="nothing"))
    lived_in.ihala.close()
    with pytest.raises(ChainBroken):
        moved(lived_in, postgresql_url)


@pytest.mark.slow
def test_the_demonstration_moves_and_lives_on(sqlite_url: str, postgresql_url: str, tmp_path: Path) -> None:
    ihala = open_ihala(Settings(database=sqlite_url, data_folder=tmp_path))
    install(ihala, ihala.settings.workflows)
    fill(ihala, 12)
    ihala.close()
    there = move(ihala.database, postgresql_url, ihala.vault)
    ihala.close()
    elsewhere = replace(ihala, database=Database(postgresql_url), releases={})
    tick(elsewhere)
    elsewhere.close()
    assert there.tables["case"].rows == 12


class Busy:
    """Somebody who opens cases and does their first task until told to stop."""

    def __init__(self, at: Office) -> None:
        self.at, self.stop, self.done = at, Event(), 0
        self.thread = Thread(target=self._work)

    def _work(self) -> None:
        while not self.stop.is_set():
            self.at.take()
            self.done += 1

    def __enter__(self) -> Busy:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()


@pytest.fixture
def backed_up(at: Office, tmp_path: Path) -> Path:
    """A backup that was made while somebody worked."""
    fill_in(at)
    with Busy(at) as busy:
        while busy.done < 3:
            pass
        backups.write(at.ihala.database, tmp_path / "backup")
    return tmp_path / "backup"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet; on PostgreSQL without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new/ihala.sqlite"
        return
    with request.getfixturevalue("postgresql_server").database() as url:
        migrate(url, "base")
        yield url


def restored(backup: Path, url: str) -> None:
    database = Database(url)
    try:
        backups.restore(backup, database)
    finally:
        database.close()


def rows(path: Path, table: sa.Table) -> int:
    with sa.create_engine(f"sqlite:///{path}").connect() as tx:
        found = tx.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    tx.engine.dispose()
    return int(found)


def test_a_backup_made_while_people_work_comes_back_whole(at: Office, backed_up: Path, empty_url: str) -> None:
    restored(backed_up, empty_url)
    held = contents(empty_url)
    assert held["case_key"].rows == rows(backed_up / SEALED, case) - 1  # of one person everything was destroyed


def test_a_restored_case_goes_on(at: Office, backed_up: Path, empty_url: str) -> None:
    restored(backed_up, empty_url)
    with opened_at(at, empty_url) as there:
        there.check()
        assert "ask" in there.tasks_of(there.coordinator)


def test_every_open_case_of_a_backup_has_what_it_waits_for(at: Office, backed_up: Path, empty_url: str) -> None:
    restored(backed_up, empty_url)
    waiting = sa.select(work_item.c.case_id).where(work_item.c.done_at.is_(None))
    with opened_at(at, empty_url) as there, there.ihala.database.reading() as tx:
        stuck = sa.select(case.c.id).where(case.c.status == "open", case.c.id.not_in(waiting))
        assert tx.execute(stuck).all() == []


def test_no_key_lies_in_the_sealed_file(at: Office, backed_up: Path) -> None:
    with at.ihala.database.reading() as tx:
        wrapped = [bytes(one) for one in tx.execute(sa.select(case_key.c.wrapped)).scalars()]
    sealed = (backed_up / SEALED).read_bytes()
    assert [one for one in wrapped if one in sealed] == []


def test_the_keys_lie_in_the_other_file(backed_up: Path) -> None:
    assert rows(backed_up / KEYS, case_key) > 3


def test_a_database_with_rows_is_not_restored_over(at: Office, backed_up: Path) -> None:
    with pytest.raises((NotEmpty, backups.BackupStands)):
        restored(backed_up, at.ihala.settings.database_url)


@pytest.fixture
def said(lived_in: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """What the command says when it is given this address; its exit code first."""
    monkeypatch.setenv("IHALA_DATABASE", lived_in.ihala.settings.database_url)
    monkeypatch.setenv("IHALA_DATA_FOLDER", str(lived_in.ihala.settings.data_folder))
    monkeypatch.setenv("IHALA_LANGUAGE", "en")

    def give(address: str) -> str:
        code = main(["move", "--to", address])
        spoken = capsys.readouterr()
        return f"{code} {spoken.out}{spoken.err}"

    return give


def test_the_command_says_what_to_do_next(said: Callable[[str], str], postgresql_url: str) -> None:
    assert "Set IHALA_DATABASE to the new address" in said(postgresql_url)


def test_the_command_ends_well(said: Callable[[str], str], postgresql_url: str) -> None:
    assert said(postgresql_url).startswith("0 ")


def test_the_command_refuses_in_words(said: Callable[[str], str], postgresql_url: str) -> None:
    said(postgresql_url)
    assert said(postgresql_url).startswith("1 The database to copy into holds rows already")


def test_the_command_shows_no_password(said: Callable[[str], str], postgresql_url: str) -> None:
    address = postgresql_url.replace("postgres@", "postgres:planted-secret@")
    assert "planted-secret" not in said(address)
