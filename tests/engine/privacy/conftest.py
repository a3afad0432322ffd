"""The real mechanism on each database, settled once for all stories told in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases.postgresql import Postgresql
from tests.engine.privacy.land import Land, inhabited


@pytest.fixture(scope="session")
def land_on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Land]:
    folder = tmp_path_factory.mktemp("land")
    with inhabited(f"sqlite:///{shutil.copy(sqlite_template, folder / 'ihala.sqlite3')}", folder) as land:
        yield land


@pytest.fixture(scope="session")
def land_on_postgresql(postgresql_server: Postgresql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Land]:
    with postgresql_server.database() as url, inhabited(url, tmp_path_factory.mktemp("land")) as land:
        yield land


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def land(request: pytest.FixtureRequest) -> Land:
    settled: Land = request.getfixturevalue(f"land_on_{request.param}")
    return settled
