"""A worker that is told to stop finishes what is under way and leaves nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.persistence.tables.cases import journal
from engine.tasks import complete_task
from engine.worklist import inbox
from tests.cannot_be_killed.night import Night, worker

PATIENCE_SECONDS = 20


def begun(url: str, folder: Path) -> Night:
    """Twenty clocks are due."""
    night = Night(url, folder, 20)
    at = night.at
    for row in inbox(at.ihala, at.responder, "team", limit=200).rows:
        complete_task(at.ihala, at.responder, row.id, {"pair": night.place.pairs[row.case_id]})
    return night


@pytest.fixture
def night(database_url: str, tmp_path: Path) -> Iterator[Night]:
    one = begun(database_url, tmp_path)
    yield one
    one.close()


@pytest.fixture
def on_postgresql(postgresql_url: str, tmp_path: Path) -> Iterator[Night]:
    one = begun(postgresql_url, tmp_path)
    yield one
    one.close()


def fired(night: Night) -> int:
    with night.at.ihala.database.reading() as tx:
        found = tx.execute(sa.select(sa.func.count()).where(journal.c.event == "clock_fired"))
        return int(found.scalar_one())


def stopped_in_the_middle(night: Night) -> int:
    """Start a worker, tell it to stop as soon as it has fired a clock; its exit code."""
    settings = night.at.ihala.settings
    own = {"IHALA_DATABASE": settings.database, "IHALA_DATA_FOLDER": str(settings.data_folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "web", "worker"], env={**os.environ, **own}, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + PATIENCE_SECONDS
    while not fired(night) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=PATIENCE_SECONDS)


def test_a_worker_told_to_stop_ends_well(night: Night) -> None:
    assert stopped_in_the_middle(night) == 0


def test_what_a_stopped_worker_left_is_done_once_by_the_next(night: Night) -> None:
    stopped_in_the_middle(night)
    night.send(worker)
    until = time.monotonic() + PATIENCE_SECONDS
    while fired(night) < night.pairs and time.monotonic() < until:
        time.sleep(0.05)
    assert fired(night) == night.pairs


def test_a_stopped_worker_leaves_no_job_as_if_it_were_at_it(on_postgresql: Night) -> None:
    stopped_in_the_middle(on_postgresql)
    with on_postgresql.at.ihala.database.reading() as tx:
        assert tx.execute(sa.text("SELECT id FROM procrastinate_jobs WHERE status = 'doing'")).all() == []
