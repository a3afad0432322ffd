"""Processes are killed, clocks jump, the database goes away: nothing acknowledged is lost, nothing happens twice."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from engine.persistence import migrate
from tests.cannot_be_killed.night import Night, clerk, worker
from tests.databases.throwaway import crashing

Begin = Callable[[int], Night]


@pytest.fixture
def begin(database_url: str, tmp_path: Path) -> Iterator[Begin]:
    """Begins a night of so many pairs; all its processes end with the test."""
    begun: list[Night] = []

    def begin_one(pairs: int) -> Night:
        begun.append(Night(database_url, tmp_path, pairs))
        return begun[-1]

    yield begin_one
    for one in begun:
        one.close()


def kill_for(night: Night, kills: int, pause: float) -> None:
    for _ in range(kills):
        time.sleep(random.random() * pause)
        night.kill_one()


def test_killed_processes_lose_and_double_nothing(begin: Begin) -> None:
    night = begin(8)
    for job in (clerk, clerk, worker):
        night.send(job)
    kill_for(night, 6, 0.5)
    night.wait()
    assert night.outcome() == night.expected()


@pytest.mark.slow
def test_processes_killed_for_long_lose_and_double_nothing(begin: Begin) -> None:
    night = begin(60)
    for job in (clerk, clerk, clerk, worker, worker):
        night.send(job)
    kill_for(night, 40, 0.6)
    night.wait()
    assert night.outcome() == night.expected()


def test_eight_processes_share_the_same_cases(begin: Begin) -> None:
    night = begin(8)
    for job in (clerk, clerk, clerk, clerk, clerk, clerk, worker, worker):
        night.send(job)
    night.wait()
    assert night.outcome() == night.expected()


def test_a_clock_that_jumps_a_week_ahead_fires_each_clock_once(begin: Begin) -> None:
    night = begin(5)
    for job in (clerk, worker):
        night.send(job)
    time.sleep(0.5)
    night.place.offset.write_text(str(7 * 24 * 3600))
    night.wait()
    assert night.outcome() == night.expected()


def test_a_clock_that_falls_back_fires_each_clock_once(begin: Begin) -> None:
    night = begin(5)
    for job in (clerk, worker):
        night.send(job)
    time.sleep(0.8)
    night.place.offset.write_text("-3600")
    time.sleep(1.2)
    night.place.offset.write_text("0")
    night.wait()
    assert night.outcome() == night.expected()


def test_a_database_that_goes_away_comes_back_whole(begin: Begin, database_url: str) -> None:
    night = begin(6)
    for job in (clerk, clerk, worker):
        night.send(job)
    time.sleep(1)
    take_away(database_url, 1.5)
    night.wait()
    assert night.outcome() == night.expected()


@pytest.mark.slow
def test_a_server_that_crashes_in_the_middle_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    with crashing() as (url, crash):
        address = url.render_as_string(hide_password=False)
        migrate(address)
        night = Night(address, tmp_path, 12)
        try:
            for job in (clerk, clerk, worker, worker):
                night.send(job)
            for _ in range(2):
                time.sleep(1.5)
                crash()
            night.wait()
            assert night.outcome() == night.expected()
        finally:
            night.close()


def take_away(url: str, seconds: float) -> None:
    """Nobody gets at the database for so long; on PostgreSQL every connection is cut."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30, isolation_level=None)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            time.sleep(seconds)
            holder.execute("ROLLBACK")
        return
    name = url.partition("?")[0].rpartition("/")[2]
    plain = url.replace("postgresql+psycopg", "postgresql").replace(f"/{name}", "/postgres")
    with psycopg.connect(plain, autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        time.sleep(seconds)
        other.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
