"""Heat: which figure colours the steps of a diagram, how strongly, and what the strengths mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.studio.small_numbers import FEWEST, Figure
from engine.studio.standing import StepFigures
from web import language

LEVELS = 4
SHOWS: dict[str, Callable[[StepFigures], Figure | None]] = {
    "waiting": lambda step: step.waiting,
    "age": lambda step: Figure(step.middle.days) if step.middle is not None else None,
    "overdue": lambda step: step.overdue,
    "incidents": lambda step: step.incidents,
    "passed": lambda step: step.passed,
}
"""What the heat may show; an age in whole days."""
SORTS: dict[str, Callable[[StepFigures], float]] = {
    "waiting": lambda step: step.waiting.number,
    "middle": lambda step: step.middle.total_seconds() if step.middle is not None else -1,
    "oldest": lambda step: step.oldest.total_seconds() if step.oldest is not None else -1,
    "overdue": lambda step: step.overdue.number,
    "held": lambda step: step.held.number if step.held else -1,
    "incidents": lambda step: step.incidents.number,
    "passed": lambda step: step.passed.number if step.passed else -1,
    "late": lambda step: step.late.number if step.late else -1,
    "took": lambda step: step.took.total_seconds() if step.took is not None else -1,
}
"""What the table may be sorted by, the largest first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is written on a step of the diagram, and how strong it is (1 to `LEVELS`)."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Marks by element, and the least and most of each strength that can occur."""

    marks: dict[str, Mark]
    legend: tuple[tuple[int, int, int], ...]


def heat(steps: Sequence[StepFigures], shows: str) -> Heat:
    """Steps with nothing to show have no mark."""
    found = {step.element: SHOWS[shows](step) for step in steps}
    figures = {element: one for element, one in found.items() if one is not None and one.number > 0}
    most = max((one.number for one in figures.values()), default=0)
    marks = {
        element: Mark(text_of(one, shows), -(-LEVELS * one.number // most))  # rounded up
        for element, one in figures.items()
    }
    bounds = [(level, (level - 1) * most // LEVELS + 1, level * most // LEVELS) for level in range(1, LEVELS + 1)]
    return Heat(marks, tuple(one for one in bounds if one[1] <= one[2]))


def in_order(steps: Sequence[StepFigures], by: str) -> list[StepFigures]:
    """The steps by a figure, the largest first, or by name."""
    if by == "name":
        return sorted(steps, key=lambda step: language.words(step.name))
    return sorted(steps, key=lambda step: -SORTS[by](step))


def text_of(one: Figure, shows: str) -> str:
    """A figure in the few letters that a diagram has room for."""
    if one.is_few:
        return f"1–{FEWEST - 1}"
    return language.ngettext("%(num)s d", "%(num)s d", one.number) if shows == "age" else str(one.number)
