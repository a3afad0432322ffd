"""Chooses values of an input column that stand for all others: one for every part into which its cells cut its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from functools import cmp_to_key
from types import NoneType

from engine.decisions import arithmetic, comparing, paths, syntax
from engine.decisions.compiler import compile_node
from engine.decisions.domain import Range, Value, YearsMonths
from engine.decisions.feel import UnaryTests
from engine.decisions.scope import Evaluation, Scope
from engine.decisions.types import BOOLEAN, Constrained, Type

OTHER_TEXT = "…"  # stands for every text that no cell names

_CLOCK_FUNCTIONS = frozenset(["now", "today", "?"])
_STEPS = {Decimal: Decimal(1), timedelta: timedelta(days=1), YearsMonths: YearsMonths(1)}


def is_constant(tests: UnaryTests) -> bool:
    """Whether the cell depends on nothing but its own input."""
    names = {part.name for part in syntax.walk(tests.node) if isinstance(part, syntax.Name)}
    return not paths.of(tests.node) and not names & _CLOCK_FUNCTIONS


def base_of(kind: Type) -> Type:
    """The type without its constraints."""
    while isinstance(kind, Constrained):
        kind = kind.base
    return kind


def of_column(kind: Type, cells: Iterable[UnaryTests], domain: UnaryTests | None) -> list[Value]:
    """The values to try; empty where nothing is known of the column."""
    if base_of(kind) == BOOLEAN:
        return [True, False]
    marks = [value for tests in (*cells, *([domain] if domain else [])) for value in marks_of(tests)]
    if not marks:
        return []
    if all(isinstance(mark, bool) for mark in marks):
        return [True, False]
    if all(isinstance(mark, str) for mark in marks):
        samples = [*dict.fromkeys(marks), OTHER_TEXT]
    elif comparing.comparable(marks):
        samples = list(_along_line(marks))
    else:
        return []
    if domain is None:
        return samples
    scope = Scope({}, None, Evaluation())
    return [sample for sample in samples if domain.matches(sample, scope) is True]


def marks_of(tests: UnaryTests) -> Iterator[Value]:
    """The values at which the tests may change their answer."""
    scope = Scope({}, None, Evaluation())
    for test in tests.node.tests:
        value = compile_node(test.operand if isinstance(test, syntax.UnaryComparison) else test)(scope)
        for item in value if isinstance(value, list) else [value]:
            ends = [item.start, item.end] if isinstance(item, Range) else [item]
            yield from (end for end in ends if not isinstance(end, NoneType))


def _along_line(marks: list[Value]) -> Iterator[Value]:
    """A value before the first mark, each mark, a value between each two, and one after the last."""
    ordered = sorted(marks, key=cmp_to_key(lambda a, b: comparing.compare(a, b) or 0))
    distinct = [
        mark for place, mark in enumerate(ordered) if place == 0 or comparing.equal(ordered[place - 1], mark) is False
    ]
    step = _STEPS.get(type(distinct[0]), timedelta(days=1))
    candidates = [arithmetic.subtract(distinct[0], step)]
    for low, high in zip(distinct, [*distinct[1:], None], strict=True):
        candidates.append(low)
        after = arithmetic.add(low, step)
        if high is None or comparing.less(after, high):
            candidates.append(after)
        elif isinstance(low, Decimal):
            candidates.append((low + high) / 2)
    return (candidate for candidate in candidates if candidate is not None)
