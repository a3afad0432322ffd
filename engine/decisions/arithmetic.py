"""Arithmetic of FEEL: numbers, texts, dates, times and durations; null where the standard defines no result."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, time, timedelta
from decimal import ROUND_DOWN, Decimal

from engine.decisions import moments
from engine.decisions.domain import NUMBERS, Value, YearsMonths
from engine.decisions.errors import DecisionError
from engine.decisions.scope import LARGEST_STRING, charge
from engine.text import Text

_US = timedelta(microseconds=1)
_UNDEFINED = (ArithmeticError, ValueError)  # beyond 34 digits, beyond the calendar, division by zero


def add(left: Value, right: Value) -> Value:
    """`left + right`."""
    if type(left) is Decimal and type(right) is Decimal:
        return _number(NUMBERS.add, left, right)
    if isinstance(left, str) and isinstance(right, str):
        return join(left, right)
    try:
        if isinstance(left, (timedelta, YearsMonths)) and not isinstance(right, (timedelta, YearsMonths)):
            return _move(right, left, 1)
        if type(left) is timedelta and type(right) is timedelta:
            return left + right
        if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
            return YearsMonths(left.months + right.months)
        return _move(left, right, 1)
    except _UNDEFINED:
        return None


def subtract(left: Value, right: Value) -> Value:
    """`left - right`."""
    if type(left) is Decimal and type(right) is Decimal:
        return _number(NUMBERS.subtract, left, right)
    try:
        if type(left) is timedelta and type(right) is timedelta:
            return left - right
        if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
            return YearsMonths(left.months - right.months)
        if isinstance(right, (timedelta, YearsMonths)):
            return _move(left, right, -1)
        return _distance(left, right)
    except _UNDEFINED:
        return None


def multiply(left: Value, right: Value) -> Value:
    """`left * right`."""
    if type(left) is Decimal and type(right) is Decimal:
        return _number(NUMBERS.multiply, left, right)
    if isinstance(left, Decimal):
        left, right = right, left
    return _scale(left, right, NUMBERS.multiply) if isinstance(right, Decimal) else None


def divide(left: Value, right: Value) -> Value:
    """`left / right`; null for a division by zero."""
    if type(left) is Decimal and type(right) is Decimal:
        return _number(NUMBERS.divide, left, right)
    if isinstance(left, timedelta) and isinstance(right, timedelta):
        return _number(NUMBERS.divide, Decimal(left // _US), Decimal(right // _US))
    if isinstance(left, YearsMonths) and isinstance(right, YearsMonths):
        return _number(NUMBERS.divide, Decimal(left.months), Decimal(right.months))
    return _scale(left, right, NUMBERS.divide) if isinstance(right, Decimal) else None


def power(left: Value, right: Value) -> Value:
    """`left ** right`."""
    if type(left) is not Decimal or type(right) is not Decimal:
        return None
    if left.is_zero() and right.is_zero():
        return Decimal(1)
    return _number(NUMBERS.power, left, right)


def negate(value: Value) -> Value:
    """`-value`."""
    if isinstance(value, Decimal):
        return NUMBERS.minus(value)
    if isinstance(value, timedelta):
        return -value
    return YearsMonths(-value.months) if isinstance(value, YearsMonths) else None


def join(left: str, right: str) -> str:
    """Two texts as one, within reason."""
    if len(left) + len(right) > LARGEST_STRING:
        raise DecisionError("", 0, Text("a text grows too long", "نص يصبح طويلا جدا"))
    charge((len(left) + len(right)) // 100)
    return left + right


def _number(operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal | None:
    try:
        return operation(left, right)
    except ArithmeticError:
        return None


def _scale(value: Value, factor: Decimal, operation: Callable[[Decimal, Decimal], Decimal]) -> Value:
    try:
        if isinstance(value, timedelta):
            scaled = operation(Decimal(value // _US), factor)
            return timedelta(microseconds=int(scaled.to_integral_value()))
        if isinstance(value, YearsMonths):
            return YearsMonths(int(operation(Decimal(value.months), factor).to_integral_value(ROUND_DOWN)))
    except _UNDEFINED:
        return None
    return None


def _move(value: Value, length: Value, direction: int) -> Value:
    """A date, time, or date and time, moved by a duration."""
    if isinstance(length, timedelta):
        return _move_by_days(value, direction * (length // _US))
    if not isinstance(length, YearsMonths):
        return None
    if moments.is_date(value):
        return moments.add_months(value, direction * length.months)
    if moments.is_date_time(value):
        day = moments.add_months(moments.day_of(value), direction * length.months)
        return moments.make_date_time(day, moments.clock_of(value))
    return None


def _move_by_days(value: Value, microseconds: int) -> Value:
    if moments.is_date_time(value):
        return moments.add_us(value, microseconds)
    if moments.is_date(value):
        return moments.day_from_number((moments.day_number(value) * moments.DAY_US + microseconds) // moments.DAY_US)
    if isinstance(value, time):
        return moments.clock_from_us(moments.clock_us(value) + microseconds, value.tzinfo)
    return None


def _distance(left: Value, right: Value) -> timedelta | None:
    """The time from right to left; undefined where only one of them has a zone."""
    if isinstance(left, time) and isinstance(right, time):
        return _distance_of_times(left, right)
    if not all(moments.is_date(value) or moments.is_date_time(value) for value in (left, right)):
        return None
    if moments.is_date(left) != moments.is_date(right):
        # a date among dates and times is its midnight in UTC
        left, right = (
            moments.make_date_time(value, time(tzinfo=UTC)) if moments.is_date(value) else value
            for value in (left, right)
        )
    if not moments.is_date(left) and (moments.zone_of(left) is None) != (moments.zone_of(right) is None):
        return None
    return timedelta(microseconds=moments.instant_us(left) - moments.instant_us(right))


def _distance_of_times(left: time, right: time) -> timedelta | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    offsets = (left.utcoffset() or timedelta()) - (right.utcoffset() or timedelta())
    return timedelta(microseconds=moments.clock_us(left) - moments.clock_us(right)) - offsets
