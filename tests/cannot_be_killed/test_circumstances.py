"""What is around the cases fails or changes: the disk is full, a new release comes, a key goes while in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from engine.application import open_ihala
from engine.cases import open_case
from engine.errors import Refusal
from engine.persistence import DatabaseError
from engine.persistence.tables.cases import case, case_key
from engine.persistence.tables.releases import mechanism_release
from engine.persistence.tables.work import incident
from engine.releases import install
from engine.step import Doer
from engine.steps import CaseIsOver, take_step
from engine.tasks import complete_task
from engine.timers import Fire
from tests.engine.application.office import Office, office

ANSWERS = {"known_as": "Zahra Planted", "agrees": "yes"}


@pytest.fixture
def at(database_url: str, tmp_path: Path) -> Iterator[Office]:
    opened = office(database_url, tmp_path)
    yield opened
    opened.ihala.close()


@contextmanager
def full_disk(at: Office) -> Iterator[None]:
    """The database may not grow by a single page."""
    engine = at.ihala.database.engine

    def fill(connection: sqlite3.Connection, *_: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}")

    engine.dispose()
    sa.event.listen(engine, "connect", fill)
    try:
        yield
    finally:
        sa.event.remove(engine, "connect", fill)
        engine.dispose()


@pytest.fixture
def filled(sqlite_url: str, tmp_path: Path) -> Iterator[tuple[Office, int]]:
    """An office whose tasks were done until the disk was full, and how many it was told are done; now there is room."""
    opened = office(sqlite_url, tmp_path)
    waiting = [opened.open() for _ in range(40)]
    with full_disk(opened):
        told = until_full(opened, waiting)
    yield opened, told
    opened.ihala.close()


def until_full(at: Office, waiting: list[str]) -> int:
    for told, item_id in enumerate(waiting):
        try:
            complete_task(at.ihala, at.responder, item_id, ANSWERS)
        except DatabaseError as error:
            if "full" in str(error):
                return told
            raise
    raise AssertionError("expected a full disk, found room for everything")


def done(at: Office) -> int:
    with at.ihala.database.reading() as tx:
        found = tx.execute(sa.text("SELECT count(*) FROM work_item WHERE element = 'take' AND status = 'done'"))
        return int(found.scalar_one())


def test_a_full_disk_loses_nothing_that_was_acknowledged(filled: tuple[Office, int]) -> None:
    at, told = filled
    assert done(at) == told


def test_work_goes_on_when_the_disk_has_room_again(filled: tuple[Office, int]) -> None:
    at, told = filled
    complete_task(at.ihala, at.responder, at.tasks_of(at.responder)["take"], ANSWERS)
    assert done(at) == told + 1


@pytest.fixture
def two_releases(at: Office) -> Office:
    """A case of the first release, then a second in force in which the first task has another id."""
    at.take()
    workflows = at.ihala.settings.workflows
    for file in workflows.iterdir():
        file.write_bytes(file.read_bytes().replace(b'"take"', b'"receive"').replace(b"take.agrees", b"receive.agrees"))
    (workflows / "take.form").rename(workflows / "receive.form")
    text = (workflows / "help.bpmn").read_bytes()
    for old, new in ((b"s-take", b"s-receive"), (b"take-q", b"receive-q"), (b">take<", b">receive<")):
        text = text.replace(old, new)
    (workflows / "help.bpmn").write_bytes(text)
    assert install(at.ihala, workflows).status == "draft"
    with at.ihala.database.writing() as tx:
        for number, status in ((1, "retired"), (2, "published")):
            tx.execute(sa.update(mechanism_release).where(mechanism_release.c.number == number).values(status=status))
    return at


def test_a_new_case_runs_on_the_new_release(two_releases: Office) -> None:
    two_releases.open()
    assert "receive" in two_releases.tasks_of(two_releases.responder)


def test_an_old_case_runs_on_beside_it(two_releases: Office) -> None:
    two_releases.open()
    two_releases.check()
    assert "ask" in two_releases.tasks_of(two_releases.coordinator)


def test_a_process_that_starts_later_knows_both(two_releases: Office) -> None:
    item_id = open_case(two_releases.ihala, two_releases.responder, "help")
    other = Office(open_ihala(two_releases.ihala.settings, two_releases.clock), two_releases.clock, two_releases.people)
    try:
        complete_task(other.ihala, other.responder, item_id or "", ANSWERS)
        other.check()
    finally:
        other.ihala.close()
    assert "ask" in two_releases.tasks_of(two_releases.coordinator)


@pytest.fixture
def forgotten_elsewhere(at: Office) -> tuple[Office, str]:
    """A case that lives in this process's memory while another process destroys it."""
    item_id = at.open()
    case_id = at.case_of(item_id)
    other = open_ihala(at.ihala.settings, at.clock)
    try:
        complete_task(other, at.responder, item_id, {**ANSWERS, "agrees": "no"})
    finally:
        other.close()
    return at, case_id


def test_the_case_was_in_memory(forgotten_elsewhere: tuple[Office, str]) -> None:
    at, _ = forgotten_elsewhere
    assert len(at.ihala.live) == 1


def test_no_step_is_taken_with_a_key_that_is_gone(forgotten_elsewhere: tuple[Office, str]) -> None:
    at, case_id = forgotten_elsewhere
    with pytest.raises(CaseIsOver):
        take_step(at.ihala, case_id, Fire("any"), Doer())


def test_a_key_that_is_gone_stays_gone(forgotten_elsewhere: tuple[Office, str]) -> None:
    at, case_id = forgotten_elsewhere
    with pytest.raises(Refusal):
        take_step(at.ihala, case_id, Fire("any"), Doer())
    with at.ihala.database.reading() as tx:
        assert tx.execute(sa.select(case_key).where(case_key.c.case_id == case_id)).first() is None


def test_what_was_tried_on_a_destroyed_case_leaves_no_incident(forgotten_elsewhere: tuple[Office, str]) -> None:
    at, case_id = forgotten_elsewhere
    with pytest.raises(Refusal):
        take_step(at.ihala, case_id, Fire("any"), Doer())
    with at.ihala.database.reading() as tx:
        rows = sa.select(incident.c.id).join(case, case.c.id == incident.c.case_id)
        assert tx.execute(rows).all() == []
