"""What was done to an instance, act by act, so that it can take the same way again with one answer corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import zstandard

from engine.decisions.values import from_json, to_json
from engine.execution.failures import DamagedSnapshot
from engine.execution.model import Values
from engine.text import Text

SEALED_ACTS = 32
"""So many acts are compressed together and not touched again: an act costs about 20 bytes, and saving no more work."""

_COMPRESSOR = zstandard.ZstdCompressor(level=9, write_checksum=True)
_WHOLE = Text("a whole history", "سجل خطوات كامل")

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `start`, `complete`, `fire`, `rearm`, `deliver`, `signal`, `edit`, `move`.

    `target`: key of the token or running scope, name of the signal, start event, or the release moved to.

    `keys` are those of a message that it carries beside its payload.
    `outcomes` are what the operations answered on the way, by the key of their token.
    """

    kind: str
    at: datetime
    target: str = ""
    values: Values = field(default_factory=dict)
    payload: Values = field(default_factory=dict)
    outcomes: tuple[tuple[str, object], ...] = ()
    keys: Values = field(default_factory=dict)


class History:
    """The acts of one instance: sealed ones as compressed bytes, the latest as rows."""

    def __init__(self, sealed: bytes = b"", latest: list[list[Any]] | None = None) -> None:
        self.sealed = sealed
        self.latest = latest or []

    def append(self, act: Act) -> None:
        self.latest.append(_row(act))
        if len(self.latest) == SEALED_ACTS:
            frame = _COMPRESSOR.compress(orjson.dumps(self.latest))
            self.sealed += len(frame).to_bytes(4, "big") + frame
            self.latest = []

    def acts(self) -> list[Act]:
        """All acts from the start on. Raises `DamagedSnapshot`."""
        rows: list[list[Any]] = []
        at = 0
        try:
            while at < len(self.sealed):
                size = int.from_bytes(self.sealed[at : at + 4], "big")
                rows += orjson.loads(zstandard.ZstdDecompressor().decompress(self.sealed[at + 4 : at + 4 + size]))
                at += 4 + size
            return [_act(row) for row in rows + self.latest]
        except (zstandard.ZstdError, TypeError, ValueError) as error:
            raise DamagedSnapshot(expected=_WHOLE, found=f"{at}/{len(self.sealed)}") from error


def _row(act: Act) -> list[Any]:
    moment = (act.at - EPOCH) // MICROSECOND
    values, payload, keys = (to_json(dict(one)) for one in (act.values, act.payload, act.keys))
    row = [act.kind, moment, act.target, values, payload, list(act.outcomes), keys]
    while row and row[-1] in ({}, []):
        row.pop()
    return row


def _act(row: list[Any]) -> Act:
    kind, moment, target, values, payload, outcomes, keys = row + [{}, {}, [], {}][len(row) - 3 :]
    at, known = EPOCH + moment * MICROSECOND, tuple((key, known) for key, known in outcomes)
    return Act(kind, at, target, from_json(values), from_json(payload), known, from_json(keys))
