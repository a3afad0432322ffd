"""The semantic domain of FEEL in Python: what each kind of value is, and how a Python value becomes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from types import NoneType
from typing import Any, TypeAlias
from uuid import UUID

Value: TypeAlias = Any  # any value of the FEEL semantic domain; `None` is null

# DMN 1.5, 10.3.2.3.1: numbers are IEEE 754-2008 decimal128: 34 digits, half-even.
NUMBERS = Context(
    prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[DivisionByZero, InvalidOperation, Overflow]
)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A years and months duration, counted in months."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-P" if self.months < 0 else "P") + text


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two endpoints; an endpoint that is `None` is open (`< 5` is `Range(None, 5)`)."""

    start: Value
    end: Value
    start_included: bool = False
    end_included: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """One formal parameter of a function."""

    name: str
    type: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that can be invoked: `invoke(evaluation, positional, named)`."""

    name: str
    parameters: tuple[Parameter, ...]
    invoke: Callable[..., Value]
    result: Any = None


PLAIN = frozenset({NoneType, Decimal, str, bool, date, time, datetime, timedelta, YearsMonths, Range, Function})


def adapt(value: Value) -> Value:
    """A value from Python as one of FEEL's: int and float become Decimal, mappings and sequences dict and list."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is list:
        return value if all(type(item) in PLAIN for item in value) else [adapt(item) for item in value]
    if kind is dict:
        return value if all(type(item) in PLAIN for item in value.values()) else _adapt_context(value)
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, Mapping):
        return _adapt_context(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [adapt(item) for item in value]
    return _adapt_kind(value)


def _adapt_kind(value: Value) -> Value:
    """A value of a class of its own as one of the plain class it stands for."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return datetime.combine(value.date(), value.timetz())
    if isinstance(value, date) and not isinstance(value, datetime):
        return date(value.year, value.month, value.day)
    return value


def _adapt_context(value: Mapping[Any, Value]) -> dict[str, Value]:
    return {str(name): adapt(item) for name, item in value.items()}


def _number(value: int | float) -> Value:
    if isinstance(value, bool):
        return value
    number = Decimal(value) if isinstance(value, int) else Decimal(repr(value))
    return NUMBERS.plus(number) if number.is_finite() else None
