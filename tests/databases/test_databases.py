"""Each test has a migrated database to itself, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.persistence import Database, is_migrated
from tests.databases.postgresql import Postgresql

HOLDER = """
import sys
from tests.databases.throwaway import started
with started() as url:
    print(url.query["host"], flush=True)
    sys.stdin.read()
"""


def test_the_database_of_a_test_is_migrated(database_url: str) -> None:
    database = Database(database_url)
    try:
        assert is_migrated(database)
    finally:
        database.close()


def test_two_tests_never_share_a_database(postgresql_server: Postgresql) -> None:
    with postgresql_server.database() as first, postgresql_server.database() as second:
        assert first != second


@pytest.mark.slow
def test_a_server_ends_with_tests_that_were_killed() -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with holder:
        folder = Path((holder.stdout.readline() if holder.stdout else "").strip())
        holder.kill()
    until = time.monotonic() + 10
    while (folder / "data" / "postmaster.pid").exists() and time.monotonic() < until:
        time.sleep(0.05)
    left_running = (folder / "data" / "postmaster.pid").exists()
    shutil.rmtree(folder)
    assert not left_running
