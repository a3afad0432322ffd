"""How long writing takes, measured in every process of this machine and summed over them when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from prometheus_client import CollectorRegistry, Histogram, values
from prometheus_client.multiprocess import MultiProcessCollector

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which the processes of one start keep their measures."""
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


def share(folder: Path) -> None:
    """Keep the measures of this process, and of those it starts, in a folder. Before the first is taken."""
    os.environ[SHARED] = str(folder)
    values.ValueClass = values.get_value_class()  # type: ignore[no-untyped-call]
    _own.cache_clear()
    _writing.cache_clear()


@contextmanager
def writing() -> Iterator[None]:
    """Measure a transaction that writes, its commit included; one that is undone does not count."""
    began = perf_counter()
    yield
    _writing().observe(perf_counter() - began)


def registry() -> CollectorRegistry:
    """The measures of this process, or of all that share a folder; new, so that more may be added."""
    folder, found = os.environ.get(SHARED), CollectorRegistry()
    if folder:
        MultiProcessCollector(found, folder)  # type: ignore[no-untyped-call]
    else:
        found.register(_writing())
    return found


@lru_cache
def _own() -> CollectorRegistry:
    return CollectorRegistry()


@lru_cache
def _writing() -> Histogram:
    words = "Transactions that write, from begin to commit; each step of a case is one."
    return Histogram("ihala_write_seconds", words, registry=_own(), buckets=BUCKETS)
