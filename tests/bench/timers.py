"""Clocks that fall due at once: each fires once, and how late; beside very many that are not due yet."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

import sqlalchemy as sa
import structlog

from engine.application import open_ihala
from engine.clock import Clock
from engine.jobs.embedded import work
from engine.persistence.tables.cases import journal
from engine.persistence.tables.work import timer
from engine.releases import current_release
from engine.settings import Settings
from tests.bench.growth import ROLE, lane
from tests.bench.measuring import Part, percentile
from tests.bench.ours import Bureau, bureau
from tests.bench.stores import Store
from tests.engine.execution import diagrams

DUE, PENDING = 1_000, 10_000
WORKERS = {"sqlite": 1, "postgresql": 2}
"""As an installation runs them on two cores: SQLite has one writer at a time."""
PATIENCE = 600
"""Seconds within which all must have fired."""

FILL = """
INSERT INTO timer (id, case_id, element, is_deadline, due_at, expression, status)
SELECT 'later_' || CAST(n AS VARCHAR), :case_id, 'late', FALSE, :due_at, '', 'pending' FROM {numbers}
"""
NUMBERS = {
    "sqlite": "(WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :rows) "
    "SELECT n FROM counted)",
    "postgresql": "generate_series(1, :rows) AS n",
}


def reminded() -> bytes:
    """A task with a reminder after ten minutes that leaves it open."""
    return diagrams.diagram(
        "case", lane(ROLE, "s review e noted told"), diagrams.start(), diagrams.user("review"), diagrams.end(),
        diagrams.boundary("late", "review", diagrams.timer("PT10M"), stops=False),
        diagrams.script("noted", "reminded = true"), diagrams.end("told"),
        diagrams.path("s", "review", "e"), diagrams.path("late", "noted", "told"),
    )  # fmt: skip


def timers(stores: list[Store], *, due: int = DUE, pending: int = PENDING) -> Part:
    part = Part(
        "timers",
        "Clocks that fall due at the same moment, with others that wait. Each must fire once.\n"
        "Wanted for 10,000 (--full): 99 of 100 within 30 seconds.",
        ["database", "due", "pending", "fired", "p50 s late", "p99 s late", "a second"],
    )
    for store in stores:
        made = {"case.bpmn": reminded()}
        url, folder = store.fresh(), store.place()
        office = bureau(url, folder, made=made, roles=[ROLE], tasks=["review"], clock=Clock())
        cases = [office.open() for _ in range(due)]
        _fill(office, store.kind, cases[0], pending)
        with _workers(url, folder, WORKERS[store.kind]):
            found = _measure(office, due)
        office.ihala.close()
        part.figures[store.kind] = {"due": due, "pending": pending, **found}
        part.rows.append([store.kind, due, pending, *found.values()])
    return part


@contextmanager
def _workers(url: str, folder: Path, wanted: int) -> Iterator[None]:
    """So many background workers in processes of their own, ready to work."""
    spawned = get_context("spawn")
    stop, ready = spawned.Event(), spawned.Semaphore(0)
    processes = [spawned.Process(target=_work, args=(url, folder, stop, ready)) for _ in range(wanted)]
    for one in processes:
        one.start()
    for _ in processes:
        ready.acquire()
    try:
        yield
    finally:
        stop.set()
        for one in processes:
            one.join()


def _work(url: str, folder: Path, stop: Any, ready: Any) -> None:
    settings = Settings(database=url, data_folder=folder, workflows=folder / "workflows", tick_seconds=0.2)
    ihala = open_ihala(settings)
    with ihala.database.reading() as tx:
        current_release(ihala, tx)
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    ready.release()
    work(ihala, stop)
    ihala.close()


def _measure(office: Bureau, due: int) -> dict[str, float]:
    moment, begun = datetime.now(UTC), perf_counter()
    with office.ihala.database.writing() as tx:
        tx.execute(sa.update(timer).where(timer.c.id.not_like("later%")).values(due_at=moment))
    while len(_fired(office)) < due and perf_counter() - begun < PATIENCE:
        sleep(0.2)
    took = perf_counter() - begun
    sleep(1)  # for one that would fire twice
    fired = _fired(office)
    if len({stream for stream, _ in fired}) != len(fired):
        raise RuntimeError("a clock has fired more than once")
    late = [(at - moment).total_seconds() for _, at in fired] or [0.0]
    lateness = {"p50_s": percentile(late, 0.5), "p99_s": percentile(late, 0.99)}
    return {"fired": len(fired), **lateness, "per_second": len(fired) / took}


def _fired(office: Bureau) -> list[tuple[str, datetime]]:
    """The journal of each case whose clock has fired, and when; every case has one clock."""
    query = sa.select(journal.c.stream, journal.c.at).where(journal.c.event == "clock_fired")
    with office.ihala.database.reading() as tx:
        return [(row.stream, row.at) for row in tx.execute(query)]


def _fill(office: Bureau, kind: str, case_id: str, rows: int) -> None:
    due_at = datetime.now(UTC) + timedelta(days=300)
    given = {"case_id": case_id, "rows": rows, "due_at": due_at}
    if kind == "sqlite":
        given["due_at"] = f"{due_at:%Y-%m-%d %H:%M:%S.%f}"
    with office.ihala.database.writing() as tx:
        tx.execute(sa.text(FILL.format(numbers=NUMBERS[kind])), given)
    office.ihala.database.outside_transactions("ANALYZE")
