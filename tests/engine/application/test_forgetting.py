"""What was destroyed cannot be read, anywhere; what was written to the journal cannot be changed unseen."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine import journal
from engine.access import NotFound
from engine.case_page import case_view
from engine.jobs.tick import tick
from engine.persistence import case_rows
from engine.persistence.tables.cases import case, case_key, draft, name_index, record_entry
from engine.persistence.tables.cases import journal as journal_table
from engine.steps import key_of
from engine.tasks import complete_task, save_draft
from engine.vault import CannotOpen, Vault
from tests.engine.application.office import Office

PLANTED = "Zahra Planted"


def forgotten(at: Office) -> str:
    return at.take(agrees="no")


def rows_about(at: Office, case_id: str) -> dict[str, int]:
    with at.ihala.database.reading() as tx:
        return {
            table.name: tx.execute(
                sa.select(sa.func.count()).select_from(table).where(table.c.case_id == case_id)
            ).scalar_one()
            for table in (case_key, record_entry, draft, name_index)
        }


def test_a_case_that_goes_on_keeps_its_record(at: Office) -> None:
    assert rows_about(at, at.take()) == {"case_key": 1, "record_entry": 1, "draft": 0, "name_index": 1}


def test_nothing_about_a_forgotten_person_is_left(at: Office) -> None:
    item_id = at.open()
    save_draft(at.ihala, at.responder, item_id, {"known_as": [PLANTED]})
    done = complete_task(at.ihala, at.responder, item_id, {"known_as": PLANTED, "agrees": "no"})
    assert rows_about(at, done.case_id) == {"case_key": 0, "record_entry": 0, "draft": 0, "name_index": 0}


def test_a_destroyed_case_has_no_state(at: Office) -> None:
    case_id = forgotten(at)
    with at.ihala.database.reading() as tx:
        row = case_rows.read(tx, case_id)
    assert row is not None
    assert (row.status, row.state) == ("destroyed", None)


def test_only_figures_remain(at: Office) -> None:
    case_id = forgotten(at)
    with at.ihala.database.reading() as tx:
        assert tx.execute(sa.select(case.c.figures).where(case.c.id == case_id)).scalar() == {"sex": "Feminine"}


def test_a_destroyed_case_is_in_nobodys_inbox(at: Office) -> None:
    forgotten(at)
    assert at.tasks_of(at.responder) == {}


def test_a_destroyed_case_is_found_by_nobody(at: Office) -> None:
    case_id = forgotten(at)
    with pytest.raises(NotFound):
        case_view(at.ihala, at.coordinator, case_id)


def test_the_other_case_is_untouched(at: Office) -> None:
    other = at.take()
    forgotten(at)
    assert rows_about(at, other)["record_entry"] == 1


def test_planted_words_stand_in_no_file(at: Office, tmp_path: Path) -> None:
    """Neither the database file, its log, nor anything else of the installation holds an answer in plain words."""
    if not at.ihala.database.is_sqlite:
        pytest.skip("the files of PostgreSQL belong to its server")
    item_id = at.open()
    save_draft(at.ihala, at.responder, item_id, {"known_as": [PLANTED]})
    complete_task(at.ihala, at.responder, item_id, {"known_as": PLANTED, "agrees": "yes"})
    forgotten(at)
    tick(at.ihala)
    found = [file.name for file in tmp_path.rglob("*") if file.is_file() and b"Planted" in file.read_bytes()]
    assert found == []


def test_the_wrapped_key_is_gone_from_the_file_too(at: Office, tmp_path: Path) -> None:
    if not at.ihala.database.is_sqlite:
        pytest.skip("the files of PostgreSQL belong to its server")
    item_id = at.open()
    with at.ihala.database.reading() as tx:
        wrapped = bytes(tx.execute(sa.select(case_key.c.wrapped)).scalar_one())
    complete_task(at.ihala, at.responder, item_id, {"agrees": "no"})
    tick(at.ihala)
    assert [file.name for file in tmp_path.rglob("ihala*") if wrapped in file.read_bytes()] == []


def test_a_value_moved_to_another_case_is_refused(at: Office) -> None:
    one, other = at.take(), at.take()
    with at.ihala.database.reading() as tx:
        stolen = tx.execute(sa.select(record_entry).where(record_entry.c.case_id == one)).one()
        key = key_of(at.ihala, tx, other)
    assert key is not None
    with pytest.raises(CannotOpen):
        key.open(stolen.sealed, "record_entry", stolen.id)


def test_rotation_keeps_what_a_key_has_sealed() -> None:
    old, new = os.urandom(32), os.urandom(32)
    key, wrapped = Vault([old]).new_key("one")
    sealed = key.seal(b"words", "draft", "x")
    rewrapped = Vault([new, old]).rewrap(wrapped)
    assert Vault([new]).unwrap(rewrapped).open(sealed, "draft", "x") == b"words"


def test_the_key_file_belongs_to_its_owner_alone(at: Office) -> None:
    file = at.ihala.settings.data_folder / "keys"
    assert (file.stat().st_mode & 0o077, len(base64.b64decode(file.read_text()))) == (0, 32)


def test_an_untouched_journal_holds(at: Office) -> None:
    case_id = at.take()
    with at.ihala.database.reading() as tx:
        assert journal.verify(tx, at.ihala.vault, journal.of_case(case_id)) is None


def test_the_journal_of_a_destroyed_case_still_holds(at: Office) -> None:
    case_id = forgotten(at)
    with at.ihala.database.reading() as tx:
        assert journal.verify(tx, at.ihala.vault, journal.of_case(case_id)) is None


def test_an_edited_entry_is_found(at: Office) -> None:
    stream = journal.of_case(at.take())
    with at.ihala.database.writing() as tx:
        first = sa.and_(journal_table.c.stream == stream, journal_table.c.sequence == 1)
        tx.execute(journal_table.update().where(first).values(actor_id="somebody"))
    with at.ihala.database.reading() as tx:
        broken = journal.verify(tx, at.ihala.vault, stream)
    assert broken is not None
    assert broken.sequence == 1


def test_a_cut_tail_is_found(at: Office) -> None:
    stream = journal.of_case(at.take())
    with at.ihala.database.writing() as tx:
        tx.execute(journal_table.delete().where(journal_table.c.stream == stream, journal_table.c.sequence == 2))
    with at.ihala.database.reading() as tx:
        assert journal.verify(tx, at.ihala.vault, stream) is not None
