"""Rules about where tokens can go."""

from __future__ import annotations

from engine.execution.checking.rules.rule import Rule

FLOW_RULES: tuple[Rule, ...] = ()
