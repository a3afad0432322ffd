"""Conversion functions of FEEL (DMN 1.5, 10.3.4.1): from texts and parts to values, and to texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, time, timedelta
from decimal import Decimal

from engine.decisions import literals, moments, printing
from engine.decisions.builtins.registry import builtin
from engine.decisions.domain import Range, Value, YearsMonths

_SEPARATORS = (" ", ",", ".", None)


def _read(read: Callable[[str], Value], text: str) -> Value:
    try:
        return read(text)
    except ValueError:
        return None


@builtin("date(from: string)")
def date_of_text(text: str) -> Value:
    """`date("2026-03-01")`."""
    return _read(moments.read_date, text)


@builtin("date(from: day)")
def date_of_moment(value: Value) -> Value:
    """The date of a date and time."""
    return moments.day_of(value)


@builtin("date(year: whole, month: whole, day: whole)")
def date_of_parts(year: int, month: int, day: int) -> Value:
    """Null where the calendar has no such day."""
    return _make_date(year, month, day)


def _make_date(year: int, month: int, day: int) -> Value:
    try:
        return moments.make_date(year, month, day)
    except ValueError:
        return None


@builtin("date and time(from: string)")
def moment_of_text(text: str) -> Value:
    """`date and time("2026-03-01T10:30:00@Africa/Cairo")`."""
    return _read(moments.read_date_and_time, text)


@builtin("date and time(from: day)")
def moment_of_day(value: Value) -> Value:
    """A date at midnight in UTC; a date and time as it is."""
    return moments.make_date_time(value, time(tzinfo=UTC)) if moments.is_date(value) else value


@builtin("date and time(date: day, time: time)")
def moment_of_day_and_time(day: Value, clock: time) -> Value:
    """The day of the one at the time of the other."""
    return moments.make_date_time(moments.day_of(day), clock)


@builtin("date and time(date: day, timezone: string)")
def moment_in_zone(value: Value, zone: str) -> Value:
    """The same moment as the clocks of another zone show it."""
    target = _read(moments.read_zone, zone if zone in ("Z", "z") or zone[:1] in "+-@" else f"@{zone}")
    if not moments.is_date_time(value) or moments.zone_of(value) is None or target is None:
        return None
    return value.astimezone(target) if not isinstance(value, moments.FarDateTime) else None


_PARTS = "year: whole, month: whole, day: whole, hour: whole, minute: whole, second: number"


@builtin(f"date and time({_PARTS})", f"date and time({_PARTS}, offset: days and time duration|null)")
def moment_of_parts(
    year: int, month: int, day: int, hour: int, minute: int, second: Decimal, offset: timedelta | None = None
) -> Value:
    """Null where the calendar or the clock has no such moment."""
    date, clock = _make_date(year, month, day), time_of_parts(hour, minute, second, offset)
    return None if date is None or clock is None else moments.make_date_time(date, clock)


@builtin(f"date and time({_PARTS}, timezone: string)")
def moment_of_parts_in_zone(
    year: int, month: int, day: int, hour: int, minute: int, second: Decimal, timezone: str
) -> Value:
    """The moment in a named zone."""
    moment = moment_of_parts(year, month, day, hour, minute, second)
    zone = _read(moments.read_zone, f"@{timezone}")
    if moment is None or zone is None:
        return None
    return moments.make_date_time(moments.day_of(moment), moments.clock_of(moment).replace(tzinfo=zone))


@builtin("time(from: string)")
def time_of_text(text: str) -> Value:
    """`time("10:30:00+02:00")`."""
    return _read(moments.read_time, text)


@builtin("time(from: time)", "time(from: day)")
def time_of_moment(value: Value) -> Value:
    """The time of a date and time; of a date, midnight in UTC."""
    if moments.is_date(value):
        return time(tzinfo=UTC)
    return value if isinstance(value, time) else moments.clock_of(value)


@builtin(
    "time(hour: whole, minute: whole, second: number)",
    "time(hour: whole, minute: whole, second: number, offset: days and time duration|null)",
)
def time_of_parts(hour: int, minute: int, second: Decimal, offset: timedelta | None = None) -> Value:
    """Null where the clock has no such time."""
    try:
        zone = None if offset is None else moments.fixed_zone(offset)
        fraction = int(second % 1 * 1_000_000)
        return time(hour, minute, int(second), fraction, tzinfo=zone)
    except (ValueError, OverflowError):
        return None


@builtin("number(from: string, grouping separator?: string|null, decimal separator?: string|null)")
def number_of_text(text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    """The number that the text is, with these separators."""
    if grouping not in _SEPARATORS or point not in (".", ",", None) or (grouping == point and point is not None):
        return None
    if grouping:
        text = text.replace(grouping, "")
    if point == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    return literals.read_number(text)


@builtin("number(from: number)")
def number_of_number(number: Decimal) -> Decimal:
    """A number as it is."""
    return number


@builtin("string(from: any)")
def string_of(value: Value) -> str | None:
    """The text of any value; null for null."""
    return None if value is None else printing.to_string(value)


@builtin("duration(from: string)")
def duration_of_text(text: str) -> Value:
    """`duration("P30D")`."""
    return _read(moments.read_duration, text)


@builtin("duration(from: duration)")
def duration_of_duration(length: timedelta | YearsMonths) -> Value:
    """A duration as it is."""
    return length


@builtin("range(from: string)")
def range_of_text(text: str) -> Range | None:
    """`range("[18..21)")`: a range between two literals."""
    return literals.read_range(text)
