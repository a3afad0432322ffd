"""Whole paths played on a real database as the demonstration plays them: the file is closed, nothing stays open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from engine.application import Ihala, open_ihala
from engine.clock import MovableClock
from engine.demonstration import histories, people, places
from engine.persistence import clock_rows, item_rows
from engine.persistence.tables.cases import case
from engine.persistence.tables.places import bed
from engine.persistence.tables.work import incident
from engine.rehearsal.stories import directory_in
from engine.releases import current_release, install
from engine.settings import Settings
from tests.workflows.stories import FILES, WORKFLOWS, story

NOW = datetime(2027, 6, 10, 9, 0, tzinfo=UTC)
WHOLE = ("woman_to_closure", "girl_to_closure", "place_after_three_shelters")


class Played:
    """An installation in which one story was played to its end."""

    def __init__(self, ihala: Ihala, name: str) -> None:
        with ihala.database.reading() as tx:
            release = current_release(ihala, tx)
        directory = directory_in(FILES)
        places.settle(ihala, directory)
        staff = people.hire(ihala, directory, release.charter)
        told = story(f"referral/scenarios/{name}.yaml")
        starter = next(one for one in staff if one.role == "first_responder")
        cut = histories.Cut(told, len(told.steps), timedelta(hours=3))
        self.ihala = ihala
        self.case_id = histories.play(ihala, release.mechanism, directory, staff, starter, cut)

    def rows(self, statement: sa.Select) -> list[sa.Row]:
        with self.ihala.database.reading() as tx:
            return list(tx.execute(statement))


def _database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    if kind == "postgresql":
        with request.getfixturevalue("postgresql_server").database() as url:
            yield url
    else:
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), folder / 'ihala.sqlite3')}"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((kind, name), id=f"{kind}-{name}", marks=[] if name == WHOLE[0] else [pytest.mark.slow])
        for kind in ("sqlite", "postgresql")
        for name in WHOLE
    ],
)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """Each story once on each database: what it left behind is only looked at."""
    kind, name = request.param
    folder = tmp_path_factory.mktemp(name)
    for url in _database(request, kind, folder):
        ihala = open_ihala(Settings(database=url, data_folder=folder, workflows=WORKFLOWS), MovableClock(NOW))
        install(ihala, WORKFLOWS)
        yield Played(ihala, name)
        ihala.close()


def test_the_case_is_closed(played: Played) -> None:
    assert [row.status for row in played.rows(sa.select(case.c.status))] == ["closed"]


def test_no_task_is_left_open(played: Played) -> None:
    with played.ihala.database.reading() as tx:
        left = [one.element for one in item_rows.of_case(tx, played.case_id) if one.status in ("open", "held")]
    assert left == []


def test_no_clock_runs_on(played: Played) -> None:
    with played.ihala.database.reading() as tx:
        assert clock_rows.of_case(tx, played.case_id) == []


def test_every_bed_is_free_again(played: Played) -> None:
    assert {row.status for row in played.rows(sa.select(bed.c.status))} == {"free"}


def test_nothing_went_wrong_on_the_way(played: Played) -> None:
    assert played.rows(sa.select(incident.c.id)) == []
