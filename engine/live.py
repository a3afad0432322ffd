"""Restored instances kept in memory between steps, by case and revision; never one that the database has passed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.execution import Instance
    from engine.persistence.world import Standing
    from engine.surroundings import StepSurroundings
    from engine.waiting import Waiting


@dataclass(slots=True)
class Live:
    """An instance and the surroundings it was built with, which are pointed at each step's own transaction."""

    instance: Instance
    surroundings: StepSurroundings
    standing: Standing | None = None
    """Team and consents after the last step."""
    waiting: Waiting | None = None
    """What waits after the last step."""


class LiveInstances:
    """The most recently used instances. One is taken out before a step and put back only after its commit."""

    def __init__(self, limit: int = 200) -> None:
        self._limit = limit
        self._kept: OrderedDict[str, tuple[int, int, Live]] = OrderedDict()
        self._lock = Lock()

    def take(self, case_id: str, revision: int, generation: int) -> Live | None:
        """The instance at exactly this revision and key; an older one is dropped, never handed out."""
        with self._lock:
            kept = self._kept.pop(case_id, None)
        return kept[2] if kept and kept[:2] == (revision, generation) else None

    def put(self, case_id: str, revision: int, generation: int, live: Live) -> None:
        with self._lock:
            self._kept[case_id] = (revision, generation, live)
            self._kept.move_to_end(case_id)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)

    def forget(self, case_id: str) -> None:
        with self._lock:
            self._kept.pop(case_id, None)

    def __len__(self) -> int:
        return len(self._kept)
