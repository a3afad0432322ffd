"""Declares built-in functions by their signatures, and checks and converts the arguments of every call."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from engine.decisions import moments
from engine.decisions.domain import Function, Parameter, Range, Value
from engine.decisions.scope import Evaluation
from engine.decisions.types import ANY, BUILT_IN, FunctionOf, ListOf, Type, coerce

FUNCTIONS: dict[str, Function] = {}

_Python = TypeVar("_Python", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class _Whole(Type):
    """A whole number, handed on as an int."""


@dataclass(frozen=True, slots=True)
class _Either(Type):
    """One of several types."""

    kinds: tuple[Type, ...]

    def holds(self, value: Value) -> bool:
        return any(kind.holds(value) for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class _Point(Type):
    """A value that has a place on a line: what ranges are made of."""

    def holds(self, value: Value) -> bool:
        return not isinstance(value, (list, dict, bool, Range, Function))


@dataclass(frozen=True, slots=True)
class _Day(Type):
    """A date, or the date of a date and time."""

    def holds(self, value: Value) -> bool:
        return moments.is_date(value) or moments.is_date_time(value)


WHOLE = _Whole()
_TYPES: dict[str, Type] = {
    **BUILT_IN,
    "any": ANY,
    "whole": WHOLE,
    "day": _Day(),
    "point": _Point(),
    "duration": _Either((BUILT_IN["days and time duration"], BUILT_IN["years and months duration"])),
    "strings": ListOf(BUILT_IN["string"]),
    "contexts": ListOf(BUILT_IN["context"]),
    "test": FunctionOf(),
}


@dataclass(frozen=True, slots=True)
class _Formal:
    """A parameter: `name?: type` is optional, `name: type|null` may be null, `...name: type` takes the rest."""

    name: str
    type: Type
    optional: bool
    nullable: bool
    variadic: bool


class _Mismatch(Exception):
    """The arguments do not fit this signature."""


@dataclass(frozen=True, slots=True)
class _Signature:
    formals: tuple[_Formal, ...]
    call: Callable[..., Value]
    asks_evaluation: bool

    def invoke(self, evaluation: Evaluation, positional: list[Value], named: dict[str, Value] | None) -> Value:
        arguments = self._spread(positional) if named is None else self._by_name(named)
        return self.call(evaluation, *arguments) if self.asks_evaluation else self.call(*arguments)

    def _spread(self, values: list[Value]) -> list[Value]:
        formals = self.formals
        if formals and formals[-1].variadic:
            fixed = len(formals) - 1
            if len(values) < (fixed + 1 if fixed or formals[-1].type is not ANY else 2):
                raise _Mismatch  # a single argument is the list itself
            rest = [_fit(value, formals[-1]) for value in values[fixed:]]
            return [*(_fit(v, f) for v, f in zip(values[:fixed], formals[:fixed], strict=True)), rest]
        if len(values) > len(formals) or any(not f.optional for f in formals[len(values) :]):
            raise _Mismatch
        return [_fit(value, formal) for value, formal in zip(values, formals, strict=False)]

    def _by_name(self, named: dict[str, Value]) -> list[Value]:
        known = {formal.name: formal for formal in self.formals}
        if not named.keys() <= known.keys():
            raise _Mismatch
        arguments: list[Value] = []
        for formal in self.formals:
            if formal.name in named:
                argument = _fit(named[formal.name], formal)
                arguments.append([argument] if formal.variadic else argument)
            elif formal.optional:
                arguments.append(None)
            else:
                raise _Mismatch
        return arguments


def _fit(value: Value, formal: _Formal) -> Value:
    """The argument as the parameter wants it; a null that it does not allow, or another type, is a mismatch."""
    if value is None:
        if formal.nullable:
            return None
        raise _Mismatch
    kind = formal.type
    if kind is WHOLE:
        number = coerce(value, BUILT_IN["number"])
        if not isinstance(number, Decimal) or abs(number) > 10**9:
            raise _Mismatch
        return int(number)
    fitted = coerce(value, kind)
    if fitted is None:
        raise _Mismatch
    return fitted


# `string join(list: strings, delimiter?: string|null)`
_FORMAL = re.compile(r"(?P<dots>\.\.\.)?(?P<name>[^:?]+?)(?P<optional>\?)?: (?P<type>[a-z ]+)(?P<null>\|null)?")


def _formals(text: str) -> tuple[_Formal, ...]:
    formals = []
    for part in filter(None, text.split(", ")):
        match = _FORMAL.fullmatch(part)
        if match is None:
            raise ValueError(part)
        kind = _TYPES[match["type"]]
        nullable = bool(match["null"]) or kind is ANY
        formals.append(_Formal(match["name"], kind, bool(match["optional"]), nullable, bool(match["dots"])))
    return tuple(formals)


_SIGNATURES: dict[str, list[_Signature]] = {}


def builtin(*texts: str, asks_evaluation: bool = False) -> Callable[[_Python], _Python]:
    """Declares a function under one or several signatures, tried in order; a call that fits none is null."""

    def declare(call: _Python) -> _Python:
        for text in texts:
            name, _, parameters = text.partition("(")
            signature = _Signature(_formals(parameters.removesuffix(")")), call, asks_evaluation)
            _SIGNATURES.setdefault(name, []).append(signature)
            FUNCTIONS[name] = _function(name, _SIGNATURES[name])
        return call

    return declare


def _function(name: str, signatures: list[_Signature]) -> Function:
    def invoke(evaluation: Evaluation, positional: list[Value], named: dict[str, Value] | None) -> Value:
        evaluation.spend()
        for signature in signatures:
            try:
                value = signature.invoke(evaluation, positional, named)
            except _Mismatch:
                continue
            # a long result is as much work as a loop
            evaluation.spend(len(value) // 100 if isinstance(value, (str, list)) else 0)
            return value
        return None

    parameters = tuple(Parameter(formal.name, formal.type) for formal in signatures[0].formals)
    return Function(name, parameters, invoke)
