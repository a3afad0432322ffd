"""Functions of FEEL that sum up a list: sums, means, smallest and largest (DMN 1.5, 10.3.4.4)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import reduce

from engine.decisions import comparing
from engine.decisions.builtins.registry import builtin
from engine.decisions.domain import NUMBERS, Value


def _numbers(items: list[Value]) -> list[Decimal] | None:
    """The items, if there are any and all are numbers."""
    return items if items and all(isinstance(item, Decimal) for item in items) else None


@builtin("min(list: list)", "min(...c: any)")
def smallest(items: list[Value]) -> Value:
    """Null where the items have no common order."""
    return reduce(lambda a, b: b if comparing.less(b, a) else a, items) if comparing.comparable(items) else None


@builtin("max(list: list)", "max(...c: any)")
def largest(items: list[Value]) -> Value:
    """Null where the items have no common order."""
    return reduce(lambda a, b: b if comparing.less(a, b) else a, items) if comparing.comparable(items) else None


@builtin("sum(list: list)", "sum(...n: any)")
def total(items: list[Value]) -> Decimal | None:
    """Null for an empty list."""
    numbers = _numbers(items)
    try:
        return reduce(NUMBERS.add, numbers) if numbers else None
    except ArithmeticError:
        return None


@builtin("product(list: list)", "product(...n: any)")
def product(items: list[Value]) -> Decimal | None:
    """Null for an empty list."""
    numbers = _numbers(items)
    try:
        return reduce(NUMBERS.multiply, numbers) if numbers else None
    except ArithmeticError:
        return None


@builtin("mean(list: list)", "mean(...n: any)")
def mean(items: list[Value]) -> Decimal | None:
    """The arithmetic mean."""
    sum_of_all = total(items)
    return NUMBERS.divide(sum_of_all, Decimal(len(items))) if sum_of_all is not None else None


@builtin("median(list: list)", "median(...n: any)")
def median(items: list[Value]) -> Decimal | None:
    """The middle number, or the mean of the two in the middle."""
    numbers = _numbers(items)
    if numbers is None:
        return None
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else mean(ordered[middle - 1 : middle + 1])


@builtin("stddev(list: list)", "stddev(...n: any)")
def standard_deviation(items: list[Value]) -> Decimal | None:
    """The standard deviation of a sample; null for fewer than two numbers."""
    average = mean(items)
    if average is None or len(items) < 2:
        return None
    try:
        squares = [NUMBERS.power(NUMBERS.subtract(item, average), Decimal(2)) for item in items]
        return NUMBERS.sqrt(NUMBERS.divide(reduce(NUMBERS.add, squares), Decimal(len(items) - 1)))
    except ArithmeticError:
        return None


@builtin("mode(list: list)", "mode(...n: any)")
def mode(items: list[Value]) -> list[Decimal] | None:
    """The numbers that are there most often, in ascending order."""
    if not items:
        return []
    numbers = _numbers(items)
    if numbers is None:
        return None
    counts = Counter(numbers)
    most = max(counts.values())
    return sorted(number for number, times in counts.items() if times == most)
