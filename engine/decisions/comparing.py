"""Equality, order and membership of FEEL values; null where two values cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.decisions import moments
from engine.decisions.domain import Function, Range, Value, YearsMonths
from engine.decisions.scope import charge


def equal(left: Value, right: Value) -> bool | None:
    """`left = right` (DMN 1.5, table 53); values of different kinds give null."""
    if left is None or right is None:
        return left is right
    if isinstance(left, list) != isinstance(right, list):
        return _equal_singleton(left, right)
    if type(left) is type(right) and type(left) in (Decimal, str, bool, YearsMonths, timedelta):
        return bool(left == right)
    if left is right:
        return True
    if isinstance(left, list):
        charge(len(left))
        return len(left) == len(right) and all(equal(a, b) is True for a, b in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        charge(len(left))
        return left.keys() == right.keys() and all(equal(left[name], right[name]) is True for name in left)
    if isinstance(left, Range) and isinstance(right, Range):
        return _equal_ranges(left, right)
    if isinstance(left, Function) and isinstance(right, Function):
        return left is right
    order = compare(left, right)
    return None if order is None else order == 0


def _equal_singleton(left: Value, right: Value) -> bool | None:
    """A list of one value equals that value, by the implicit conversion of singleton lists."""
    items, other = (left, right) if isinstance(left, list) else (right, left)
    return equal(items[0], other) if len(items) == 1 else None


def _equal_ranges(left: Range, right: Range) -> bool:
    return (
        (left.start_included, left.end_included) == (right.start_included, right.end_included)
        and equal(left.start, right.start) is True
        and equal(left.end, right.end) is True
    )


def compare(left: Value, right: Value) -> int | None:
    """Below zero, zero or above it, as left is less, the same or more than right; null where there is no order."""
    left_kind, left_key = _place(left)
    right_kind, right_key = _place(right)
    if left_kind is None or left_kind != right_kind:
        return None
    return bool(left_key > right_key) - bool(left_key < right_key)


def _place(value: Value) -> tuple[object, Value]:
    """The line on which a value lies, and its place on it; values on different lines have no order."""
    kind = type(value)
    if kind in (Decimal, str, timedelta, YearsMonths):
        return kind, value
    if moments.is_date_time(value):
        return ("date and time", moments.zone_of(value) is None), moments.instant_us(value)
    if moments.is_date(value):
        return "date", moments.day_number(value)
    if isinstance(value, time):
        return _place_of_time(value)
    return None, None


def _place_of_time(value: time) -> tuple[object, int]:
    offset = value.utcoffset()
    if isinstance(value.tzinfo, ZoneInfo):
        # a time has no day: the offset outside daylight saving time is taken
        offset = value.tzinfo.utcoffset(datetime(2000, 1, 1))  # noqa: DTZ001 - only the offset counts
    shift = (offset or timedelta()) // timedelta(microseconds=1)
    return ("time", value.tzinfo is None), moments.clock_us(value) - shift


def less(left: Value, right: Value, *, or_equal: bool = False) -> bool | None:
    """`left < right`, or `left <= right`."""
    order = compare(left, right)
    if order is None:
        return None
    return order < 0 or (or_equal and order == 0)


def comparable(values: Sequence[Value]) -> bool:
    """Whether all the values lie on one line."""
    kinds = {_place(value)[0] for value in values}
    return len(kinds) == 1 and None not in kinds


def within(value: Value, span: Range) -> bool | None:
    """Whether the value lies in the range; an open end holds for everything that can be compared."""
    above = True if span.start is None else less(span.start, value, or_equal=span.start_included)
    below = True if span.end is None else less(value, span.end, or_equal=span.end_included)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def member(value: Value, test: Value) -> bool | None:
    """`value in test`, where the test is a value, a range, or a list of values and ranges."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return within(value, test)
    if isinstance(test, list):
        return _member_of_list(value, test)
    return equal(value, test)


def _member_of_list(value: Value, items: list[Value]) -> bool:
    if isinstance(value, list) and equal(value, items) is True:
        return True
    return any(
        (within(value, item) if isinstance(item, Range) and not isinstance(value, Range) else equal(value, item))
        is True
        for item in items
    )
