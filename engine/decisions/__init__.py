"""FEEL and DMN: what a decision model says about given inputs. Pure: no clock of its own, no files, no database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from engine.decisions import dmn
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.feel import evaluate

__all__ = ["DecisionError", "decide", "evaluate"]


def decide(
    dmn: bytes,
    decision: str,
    inputs: Mapping[str, object],
    imports: Mapping[str, bytes] | None = None,
    *,
    now: datetime | None = None,
) -> Value:
    """What a decision, decision service or knowledge model (by name or id) says.

    `imports` are the models that `dmn` imports, by namespace. Raises DecisionError for what the standard calls
    an error.
    """
    return _loaded(dmn, tuple((imports or {}).items())).evaluate(decision, inputs, now=now)


@lru_cache(maxsize=64)
def _loaded(xml: bytes, imports: tuple[tuple[str, bytes], ...]) -> dmn.Model:
    return dmn.load(xml, dict(imports))
