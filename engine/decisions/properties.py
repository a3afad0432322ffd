"""What can be asked of a value with a dot: entries of contexts, properties of dates, times, durations and ranges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.decisions import moments
from engine.decisions.domain import Range, Value, YearsMonths

_Property = Callable[[Value], Value]


def of(value: Value, name: str) -> Value:
    """`value.name`; of a list, the list of what each item gives; null where there is no such property."""
    if type(value) is dict:
        return value.get(name)
    if isinstance(value, list):
        return [of(item, name) for item in value]
    known = _PROPERTIES.get(type(value))
    found = known.get(name) if known else None
    return found(value) if found else None


def _offset(value: Value) -> timedelta | None:
    return moments.offset_of(value)


def _zone_name(value: Value) -> str | None:
    zone = moments.zone_of(value)
    return zone.key if isinstance(zone, ZoneInfo) else None


def _weekday(value: Value) -> Decimal:
    """Monday is 1 (ISO 8601)."""
    return Decimal((moments.day_number(moments.day_of(value)) + 3) % 7 + 1)


def _seconds(length: timedelta) -> Decimal:
    rest = abs(length)
    seconds = Decimal(rest.seconds % 60) + Decimal(rest.microseconds) / 1_000_000
    return _signed(length, seconds)


def _signed(length: timedelta, amount: Decimal | int) -> Decimal:
    return Decimal(-amount if length < timedelta() and amount else amount)


def _months(value: YearsMonths, *, years: bool) -> Decimal:
    amount = divmod(abs(value.months), 12)[0 if years else 1]
    return Decimal(-amount if value.months < 0 else amount)


_OF_DATES: dict[str, _Property] = {
    "year": lambda value: Decimal(moments.day_of(value).year),
    "month": lambda value: Decimal(moments.day_of(value).month),
    "day": lambda value: Decimal(moments.day_of(value).day),
    "weekday": _weekday,
}
_OF_ZONES: dict[str, _Property] = {"time offset": _offset, "timezone": _zone_name}
_OF_TIMES: dict[str, _Property] = {
    "hour": lambda value: Decimal(value.hour),
    "minute": lambda value: Decimal(value.minute),
    "second": lambda value: Decimal(value.second),
}
_OF_DATES_AND_TIMES: dict[str, _Property] = {
    **_OF_DATES,
    **_OF_ZONES,
    "hour": lambda value: Decimal(moments.clock_of(value).hour),
    "minute": lambda value: Decimal(moments.clock_of(value).minute),
    "second": lambda value: Decimal(moments.clock_of(value).second),
}
_PROPERTIES: dict[type, dict[str, _Property]] = {
    date: _OF_DATES,
    moments.FarDate: _OF_DATES,
    datetime: _OF_DATES_AND_TIMES,
    moments.FarDateTime: _OF_DATES_AND_TIMES,
    time: {**_OF_TIMES, **_OF_ZONES},
    timedelta: {
        "days": lambda length: _signed(length, abs(length).days),
        "hours": lambda length: _signed(length, abs(length).seconds // 3600),
        "minutes": lambda length: _signed(length, abs(length).seconds // 60 % 60),
        "seconds": _seconds,
        "value": lambda length: Decimal(length // timedelta(microseconds=1)) / 1_000_000,
    },
    YearsMonths: {
        "years": lambda value: _months(value, years=True),
        "months": lambda value: _months(value, years=False),
        "value": lambda value: Decimal(value.months),
    },
    Range: {
        "start": lambda span: span.start,
        "end": lambda span: span.end,
        "start included": lambda span: span.start_included,
        "end included": lambda span: span.end_included,
    },
}
