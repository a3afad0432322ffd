"""The JSON-safe form of every FEEL value, for snapshots and records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.decisions import moments
from engine.decisions.domain import Function, Range, Value, YearsMonths, adapt
from engine.decisions.errors import DecisionError
from engine.text import Text

__all__ = ["Function", "Range", "Value", "YearsMonths", "adapt", "from_json", "to_json"]


def to_json(value: Value) -> Any:
    """The value as JSON: whole numbers, texts, truth values, lists, contexts as they are, others `{"$kind": text}`."""
    value = adapt(value)
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, Decimal):
        return int(value) if _is_plain_integer(value) else {"$number": str(value)}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        content = {name: to_json(item) for name, item in value.items()}
        return {"$context": content} if any(name.startswith("$") for name in content) else content
    return _tagged(value)


def _is_plain_integer(value: Decimal) -> bool:
    return value.as_tuple().exponent == 0 and abs(value) < 2**53 and not (value.is_zero() and value.is_signed())


def _tagged(value: Any) -> dict[str, Any]:
    if isinstance(value, Range):
        ends = [to_json(value.start), to_json(value.end), value.start_included, value.end_included]
        return {"$range": ends}
    if isinstance(value, timedelta):
        return {"$duration": [value.days, value.seconds, value.microseconds]}
    if isinstance(value, YearsMonths):
        return {"$months": value.months}
    for kind, tag in _MOMENTS.items():
        if type(value) is kind:
            moment: Value = value
            return {tag: moments.to_text(moment)}
    raise DecisionError(type(value).__name__, 0, _CANNOT_KEEP)


_CANNOT_KEEP = Text(
    "A function cannot be kept as a value of a case; keep its result.",
    "لا يمكن حفظ دالة كقيمة في الحالة؛ احفظ نتيجتها.",
)


def from_json(value: Any) -> Value:
    """The value that `to_json` wrote."""
    if isinstance(value, list):
        return [from_json(item) for item in value]
    if isinstance(value, dict):
        if len(value) == 1 and (tag := next(iter(value))).startswith("$"):
            return _READERS[tag](value[tag])
        return {name: from_json(item) for name, item in value.items()}
    return adapt(value)


_MOMENTS: dict[type, str] = {
    datetime: "$datetime",
    date: "$date",
    time: "$time",
    moments.FarDate: "$date",
    moments.FarDateTime: "$datetime",
}

_READERS: dict[str, Callable[[Any], Value]] = {
    "$number": Decimal,
    "$context": lambda content: {name: from_json(item) for name, item in content.items()},
    "$range": lambda ends: Range(from_json(ends[0]), from_json(ends[1]), ends[2], ends[3]),
    "$duration": lambda parts: timedelta(*parts),
    "$months": YearsMonths,
    "$date": moments.read_date,
    "$time": moments.read_time,
    "$datetime": moments.read_date_and_time,
}
