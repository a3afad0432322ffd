"""Workers of either driver: what is due is done once, however many there are and whatever becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from engine.jobs import mail, work
from engine.persistence.tables.cases import journal
from engine.persistence.tables.work import notice
from engine.tasks import take_over
from tests.engine.application.office import Office, later, office

PATIENCE_SECONDS = 20
DEAD = """
INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour');
INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args, status, worker_id)
    SELECT 'default', 'round', 'round', '{}', 'doing', max(id) FROM procrastinate_workers;
"""


@contextmanager
def workers(at: Office, many: int = 1) -> Iterator[None]:
    """So many workers beside the test; they have ended well at the end."""
    stop = Event()
    with ThreadPoolExecutor(many) as pool:
        running = [pool.submit(work, at.ihala, stop) for _ in range(many)]
        try:
            yield
        finally:
            stop.set()
    assert [one.result() for one in running] == [None] * many


def until(found: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE_SECONDS
    while not found() and time.monotonic() < end:
        time.sleep(0.05)
    return bool(found())


def count(at: Office, query: sa.Select[Any]) -> int:
    with at.ihala.database.reading() as tx:
        return int(tx.execute(query).scalar() or 0)


def fired(at: Office) -> int:
    return count(at, sa.select(sa.func.count()).where(journal.c.event == "clock_fired"))


@pytest.fixture
def posting(at: Office, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the messages that reach the mail server."""
    sent: list[str] = []
    at.ihala.settings = at.ihala.settings.model_copy(update={"mail_server": "mail.example"})
    monkeypatch.setattr(mail, "by_smtp", lambda _, message: sent.append(message["Message-ID"]))
    return sent


def test_three_workers_fire_each_clock_once(at: Office) -> None:
    for _ in range(12):
        at.open()
    at.clock.move_to(later(3))
    with workers(at, 3):
        until(lambda: fired(at) >= 12)
    assert fired(at) == 12


def test_three_workers_send_each_message_once(at: Office, posting: list[str]) -> None:
    for _ in range(6):
        take_over(at.ihala, at.colleague, at.open(), "She is ill")
    with workers(at, 3):
        until(lambda: not count(at, sa.select(sa.func.count()).where(notice.c.mail_at.is_not(None))))
    assert len(posting) == len(set(posting)) == 6


def test_a_message_names_its_notice_to_the_receiver(at: Office, posting: list[str]) -> None:
    take_over(at.ihala, at.colleague, at.open(), "She is ill")
    with at.ihala.database.reading() as tx:
        notice_id = tx.execute(sa.select(notice.c.id)).scalar_one()
    with workers(at):
        until(lambda: posting)
    assert posting == [f"<{notice_id}@ihala>"]


def test_a_worker_goes_on_when_the_database_is_back(at: Office) -> None:
    at.open()
    at.clock.move_to(later(3))
    engine = at.ihala.database.engine
    gone = sa.exc.OperationalError("connect", None, Exception("gone"))
    failures = iter([gone, gone])

    def refuse(dialect: Any, record: Any, arguments: Any, parameters: Any) -> None:
        if current_thread() is not main_thread() and (failure := next(failures, None)):
            raise failure

    engine.dispose()
    sa.event.listen(engine, "do_connect", refuse)
    with workers(at):
        until(lambda: fired(at))
    assert fired(at) == 1


@pytest.fixture
def on_postgresql(postgresql_url: str, tmp_path: Any) -> Iterator[Office]:
    opened = office(postgresql_url, tmp_path)
    yield opened
    opened.ihala.close()


def jobs(at: Office, status: str) -> int:
    query = sa.text("SELECT count(*) FROM procrastinate_jobs WHERE status::text = :status").bindparams(status=status)
    with at.ihala.database.reading() as tx:
        return int(tx.execute(query).scalar_one())


@pytest.fixture
def left_by_the_dead(on_postgresql: Office) -> Office:
    """A worker died in the middle of a round an hour ago."""
    address = on_postgresql.ihala.database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        connection.execute(DEAD)
    return on_postgresql


def test_what_a_dead_worker_was_at_is_ended(left_by_the_dead: Office) -> None:
    with workers(left_by_the_dead):
        until(lambda: not jobs(left_by_the_dead, "doing"))
    assert jobs(left_by_the_dead, "doing") == 0


def test_what_a_dead_worker_was_at_holds_nobody_up(left_by_the_dead: Office) -> None:
    left_by_the_dead.open()
    left_by_the_dead.clock.move_to(later(3))
    with workers(left_by_the_dead):
        until(lambda: fired(left_by_the_dead))
    assert fired(left_by_the_dead) == 1


def test_finished_jobs_leave_nothing_behind(on_postgresql: Office) -> None:
    on_postgresql.open()
    on_postgresql.clock.move_to(later(3))
    with workers(on_postgresql):
        until(lambda: fired(on_postgresql))
    assert jobs(on_postgresql, "succeeded") + jobs(on_postgresql, "failed") == 0
