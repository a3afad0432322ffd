"""Whether an installation can serve, and its figures for Prometheus: whole counts that identify nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prometheus_client import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from engine import measures
from engine.errors import Refusal
from engine.persistence import DatabaseError, clock_rows, figure_rows, is_migrated
from engine.vault import open_vault

if TYPE_CHECKING:
    from engine.application import Ihala


def what_is_missing(ihala: Ihala) -> list[str]:
    """Of `database`, `migration` and `key`, those that are not there now; empty where people can be served."""
    missing = []
    try:
        if not is_migrated(ihala.database):
            missing.append("migration")
    except DatabaseError:
        missing.append("database")
    try:
        if open_vault(ihala.settings).present != ihala.vault.present:
            missing.append("key")
    except (Refusal, OSError):
        missing.append("key")
    return missing


def exposition(ihala: Ihala) -> bytes:
    """The figures in Prometheus' text format."""
    registry = measures.registry()
    registry.register(Figures(ihala))
    return generate_latest(registry)


class Figures(Collector):
    """Counted when they are asked for, so that they are the same from whichever process answers."""

    def __init__(self, ihala: Ihala) -> None:
        self._ihala = ihala

    def collect(self) -> Iterator[Metric]:
        now = self._ihala.clock.now()
        with self._ihala.database.reading() as tx:
            next_due = clock_rows.next_due(tx)
            late = (now - next_due).total_seconds() if next_due else 0.0
            yield _gauge("ihala_open_cases", "Cases that are open.", figure_rows.open_cases(tx))
            yield _gauge("ihala_open_tasks", "Tasks that wait.", figure_rows.open_tasks(tx))
            yield _gauge("ihala_overdue_tasks", "Tasks past their due date.", figure_rows.overdue_tasks(tx, now))
            yield _gauge("ihala_due_timers", "Clocks that are due and not fired.", figure_rows.due_timers(tx, now))
            yield _gauge("ihala_timer_lateness_seconds", "How late the earliest clock is.", max(late, 0.0))
            yield _gauge("ihala_mail_waiting", "Notices that are still to be sent by e-mail.", figure_rows.unsent(tx))
            yield _gauge("ihala_deliveries_waiting", "Messages between cases.", figure_rows.undelivered(tx))
            incidents = GaugeMetricFamily("ihala_open_incidents", "Steps that could not be done.", labels=["act"])
            for act, many in figure_rows.incidents_by_act(tx).items():
                incidents.add_metric([act], many)
            yield incidents


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)
