"""The types of FEEL and of item definitions: what conforms to them, and the implicit conversions of the standard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, time, timedelta
from decimal import Decimal

from engine.decisions import moments
from engine.decisions.domain import Function, Range, Value, YearsMonths
from engine.decisions.scope import charge


@dataclass(frozen=True, slots=True)
class Type:
    """Any type; on its own, `Any`, to which every value conforms. Null conforms to every type."""

    def holds(self, value: Value) -> bool:
        """Whether a value that is not null is of this type."""
        return True

    def conforms_to(self, other: Type) -> bool:
        """Whether each value of this type is one of the other."""
        return type(other) is Type or self == other


ANY = Type()


@dataclass(frozen=True, slots=True)
class Simple(Type):
    """One of the built-in types."""

    name: str

    def holds(self, value: Value) -> bool:
        return _CHECKS[self.name](value)


@dataclass(frozen=True, slots=True)
class Unknown(Type):
    """A type that nobody defined: nothing is known to conform to it."""

    name: str

    def holds(self, value: Value) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class ListOf(Type):
    """`list<element>`."""

    element: Type = ANY

    def holds(self, value: Value) -> bool:
        if not isinstance(value, list):
            return False
        if type(self.element) is Type:
            return True
        charge(len(value))
        return all(conforms(item, self.element) for item in value)

    def conforms_to(self, other: Type) -> bool:
        return type(other) is Type or (isinstance(other, ListOf) and self.element.conforms_to(other.element))


@dataclass(frozen=True, slots=True)
class RangeOf(Type):
    """`range<endpoint>`."""

    endpoint: Type = ANY

    def holds(self, value: Value) -> bool:
        if not isinstance(value, Range):
            return False
        return conforms(value.start, self.endpoint) and conforms(value.end, self.endpoint)

    def conforms_to(self, other: Type) -> bool:
        return type(other) is Type or (isinstance(other, RangeOf) and self.endpoint.conforms_to(other.endpoint))


@dataclass(frozen=True, slots=True)
class ContextOf(Type):
    """`context<name: type>`: a context that has at least these entries."""

    entries: tuple[tuple[str, Type], ...] = ()

    def holds(self, value: Value) -> bool:
        return isinstance(value, dict) and all(
            name in value and conforms(value[name], kind) for name, kind in self.entries
        )

    def conforms_to(self, other: Type) -> bool:
        if not isinstance(other, ContextOf):
            return type(other) is Type
        mine = dict(self.entries)
        return all(name in mine and mine[name].conforms_to(kind) for name, kind in other.entries)


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    """`function<parameters> -> result`; without `parameters`, any function."""

    parameters: tuple[Type, ...] | None = None
    result: Type = ANY

    def holds(self, value: Value) -> bool:
        if not isinstance(value, Function):
            return False
        if self.parameters is None:
            return True
        kinds = tuple(parameter.type or ANY for parameter in value.parameters)
        # a function whose result has no declared type may give one of the type asked for
        return FunctionOf(kinds, value.result or self.result).conforms_to(self)

    def conforms_to(self, other: Type) -> bool:
        if not isinstance(other, FunctionOf):
            return type(other) is Type
        if other.parameters is None or self.parameters is None:
            return other.parameters is None
        return (
            len(self.parameters) == len(other.parameters)
            and all(theirs.conforms_to(mine) for mine, theirs in zip(self.parameters, other.parameters, strict=True))
            and self.result.conforms_to(other.result)
        )


@dataclass(frozen=True, slots=True)
class Constrained(Type):
    """An item definition: another type, and what its values must pass."""

    name: str
    base: Type
    allows: Callable[[Value], bool] | None = None

    def holds(self, value: Value) -> bool:
        return self.base.holds(value) and (self.allows is None or self.allows(value))

    def conforms_to(self, other: Type) -> bool:
        return self == other or self.base.conforms_to(other)


_CHECKS: dict[str, Callable[[Value], bool]] = {
    "number": lambda value: isinstance(value, Decimal),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "date": moments.is_date,
    "time": lambda value: isinstance(value, time),
    "date and time": moments.is_date_time,
    "days and time duration": lambda value: isinstance(value, timedelta),
    "years and months duration": lambda value: isinstance(value, YearsMonths),
    "Null": lambda value: value is None,
}
NUMBER, STRING, BOOLEAN = Simple("number"), Simple("string"), Simple("boolean")
DATE, TIME, DATE_TIME = Simple("date"), Simple("time"), Simple("date and time")
DAYS_DURATION, MONTHS_DURATION = Simple("days and time duration"), Simple("years and months duration")

BUILT_IN: dict[str, Type] = {
    **{name: Simple(name) for name in _CHECKS},
    **{"Any": ANY, "list": ListOf(), "context": ContextOf(), "function": FunctionOf(), "range": RangeOf()},
    "day and time duration": DAYS_DURATION,
    "year and month duration": MONTHS_DURATION,
    # the spellings of DMN 1.1, which modelling tools still write
    "dateTime": DATE_TIME,
    "dayTimeDuration": DAYS_DURATION,
    "yearMonthDuration": MONTHS_DURATION,
}


def conforms(value: Value, kind: Type) -> bool:
    """Whether the value may stand where this type is asked for; null always may."""
    return value is None or kind.holds(value)


def coerce(value: Value, kind: Type) -> Value:
    """The value as one of the type, after the implicit conversions of DMN 1.5, 10.3.2.9.4; null where it is none."""
    if value is None or kind.holds(value):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], kind):
        return value[0]
    if not isinstance(value, list) and conforms([value], kind):
        return [value]
    if moments.is_date(value):
        at_midnight = moments.make_date_time(value, time(tzinfo=UTC))
        return at_midnight if kind.holds(at_midnight) else None
    return None


def is_instance(value: Value, kind: Type) -> bool:
    """`instance of`: null is an instance of Null only."""
    return kind == BUILT_IN["Null"] if value is None else kind.holds(value)


def type_name(value: Value) -> str:
    """The name of the built-in type of a value, for messages."""
    for name in ("list", "context", "function", "range", *_CHECKS):
        if value is not None and BUILT_IN[name].holds(value):
            return name
    return "Null"
