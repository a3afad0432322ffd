"""The floor: the very rows that the product wrote for each task, committed once more and nothing else done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from engine.persistence import Database

Write = tuple[Any, Any]
"""A statement that changes rows, and its values."""


@dataclass
class Call:
    """What the product did in the database for one call."""

    kind: str
    writes: list[Write] = field(default_factory=list)
    statements: int = 0

    @property
    def rows(self) -> int:
        return sum(len(values) if isinstance(values, list) else 1 for _, values in self.writes)


@dataclass
class Recording:
    """Every call of a run, in order."""

    calls: list[Call] = field(default_factory=lambda: [Call("look")])

    @contextmanager
    def of(self, engine: sa.Engine) -> Iterator[None]:
        sa.event.listen(engine, "before_execute", self._execute)
        sa.event.listen(engine, "before_cursor_execute", self._statement)
        try:
            yield
        finally:
            sa.event.remove(engine, "before_execute", self._execute)
            sa.event.remove(engine, "before_cursor_execute", self._statement)

    def begin(self, kind: str) -> None:
        self.calls.append(Call(kind))

    def _execute(self, _: Any, clause: Any, multiparams: Any, params: Any, options: Any) -> None:
        if isinstance(clause, sa.sql.dml.UpdateBase):
            values = [dict(one) for one in multiparams] if multiparams else dict(params)
            self.calls[-1].writes.append((clause, values))

    def _statement(self, _: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            self.calls[-1].statements += 1


def replay(database: Database, recording: Recording, kind: str) -> list[float]:
    """Commit the rows of each call anew; the seconds that each call of this kind took."""
    took = []
    for call in recording.calls:
        begun = perf_counter()
        with database.writing() as tx:
            for clause, values in call.writes:
                tx.execute(clause, values)
        if call.kind == kind:
            took.append(perf_counter() - begun)
    return took
