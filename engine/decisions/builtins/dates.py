"""Functions of FEEL about days and moments (DMN 1.5, 10.3.4.8 and 10.3.4.11)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from engine.decisions import comparing, moments
from engine.decisions.builtins.registry import builtin
from engine.decisions.domain import Range, Value, YearsMonths
from engine.decisions.scope import Evaluation

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@builtin("now()", asks_evaluation=True)
def now(evaluation: Evaluation) -> datetime:
    """The moment of this evaluation, in the zone it was given in."""
    return evaluation.now


@builtin("today()", asks_evaluation=True)
def today(evaluation: Evaluation) -> date:
    """The day of this evaluation, in the zone its moment was given in."""
    return evaluation.now.date()


@builtin("day of year(date: day)")
def day_of_year(value: Value) -> Decimal:
    """From 1 to 366."""
    day = moments.day_of(value)
    return Decimal(moments.day_number(day) - moments.day_number(moments.make_date(day.year, 1, 1)) + 1)


@builtin("day of week(date: day)")
def day_of_week(value: Value) -> str:
    """The English name of the day."""
    return _DAYS[(moments.day_number(moments.day_of(value)) + 3) % 7]


@builtin("month of year(date: day)")
def month_of_year(value: Value) -> str:
    """The English name of the month."""
    return _MONTHS[moments.day_of(value).month - 1]


@builtin("week of year(date: day)")
def week_of_year(value: Value) -> Decimal:
    """The week by ISO 8601."""
    day = moments.day_of(value)
    # the Gregorian calendar repeats every 400 years, weekdays included
    return Decimal(date(2000 + day.year % 400, day.month, day.day).isocalendar().week)


@builtin("years and months duration(from: day, to: day)")
def years_and_months_between(start: Value, end: Value) -> YearsMonths | None:
    """The whole months from one day to another."""
    if moments.is_date_time(start) != moments.is_date_time(end):
        start, end = moments.day_of(start), moments.day_of(end)
    elif moments.is_date_time(start) and (moments.zone_of(start) is None) != (moments.zone_of(end) is None):
        return None
    return YearsMonths(_whole_months(start, end))


def _whole_months(start: Value, end: Value) -> int:
    if moments.instant_us(end) < moments.instant_us(start):
        return -_whole_months(end, start)
    first, last = moments.day_of(start), moments.day_of(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if _within_month(end) >= _within_month(start) else months - 1


def _within_month(value: Value) -> tuple[int, int]:
    clock = moments.clock_us(moments.clock_of(value)) if moments.is_date_time(value) else 0
    return moments.day_of(value).day, clock


@builtin("is(value1: any, value2: any)")
def is_same(left: Value, right: Value) -> bool:
    """Whether two values are the same element of the semantic domain: kind, and fields including the zone."""
    if type(left) is not type(right):
        return False
    if isinstance(left, time) or moments.is_date_time(left):
        return _fields(left) == _fields(right)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(is_same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(is_same(left[name], right[name]) for name in left)
    if isinstance(left, Range):
        ends = (left.start_included, left.end_included) == (right.start_included, right.end_included)
        return ends and is_same(left.start, right.start) and is_same(left.end, right.end)
    return comparing.equal(left, right) is True


def _fields(value: Value) -> tuple[object, ...]:
    clock = value if isinstance(value, time) else moments.clock_of(value)
    day = None if isinstance(value, time) else moments.day_number(moments.day_of(value))
    return day, moments.clock_us(clock), moments.zone_text(clock.tzinfo)


def offset_zone(offset: timedelta) -> Value:
    """The zone of an offset; raises ValueError beyond 18 hours."""
    return moments.fixed_zone(offset)
