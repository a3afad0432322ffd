"""Numeric functions of FEEL (DMN 1.5, 10.3.4.5), and `not`."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.decisions.builtins.registry import builtin
from engine.decisions.domain import NUMBERS, Value, YearsMonths

_SCALES = range(-6111, 6177)  # what decimal128 can hold


def rounded(number: Decimal, scale: int, how: str) -> Decimal | None:
    """The number with so many digits after the point (before it, where negative)."""
    if scale not in _SCALES:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= scale:
        return number
    step = Decimal(1).scaleb(-scale)
    context = NUMBERS.copy()
    context.prec = max(34, number.adjusted() + scale + 2)
    try:
        return NUMBERS.plus(number.quantize(step, rounding=how, context=context))
    except ArithmeticError:
        return None


def _declare_rounding(signature: str, how: str) -> None:
    def call(number: Decimal, scale: int = 0) -> Decimal | None:
        return rounded(number, scale or 0, how)

    builtin(signature)(call)


for _signature, _how in (
    ("decimal(n: number, scale: whole)", ROUND_HALF_EVEN),
    ("floor(n: number, scale?: whole)", ROUND_FLOOR),
    ("ceiling(n: number, scale?: whole)", ROUND_CEILING),
    ("round up(n: number, scale: whole)", ROUND_UP),
    ("round down(n: number, scale: whole)", ROUND_DOWN),
    ("round half up(n: number, scale: whole)", ROUND_HALF_UP),
    ("round half down(n: number, scale: whole)", ROUND_HALF_DOWN),
):
    _declare_rounding(_signature, _how)


@builtin("abs(n: number)", "abs(n: duration)", "abs(number: number)")
def absolute(value: Value) -> Value:
    """A number or duration without its sign."""
    return YearsMonths(abs(value.months)) if isinstance(value, YearsMonths) else abs(value)


@builtin("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """The remainder, with the sign of the divisor."""
    if not divisor:
        return None
    try:
        remainder = NUMBERS.remainder(dividend, divisor)
    except ArithmeticError:  # the quotient has more than 34 digits
        return None
    return NUMBERS.add(remainder, divisor) if remainder and (remainder < 0) != (divisor < 0) else remainder


@builtin("sqrt(number: number)")
def square_root(number: Decimal) -> Decimal | None:
    """Null for a negative number."""
    return NUMBERS.sqrt(number) if number >= 0 else None


@builtin("log(number: number)")
def natural_logarithm(number: Decimal) -> Decimal | None:
    """Null for zero and below."""
    return NUMBERS.ln(number) if number > 0 else None


@builtin("exp(number: number)")
def exponential(number: Decimal) -> Decimal | None:
    """Null where the result is out of range."""
    try:
        return NUMBERS.exp(number)
    except ArithmeticError:
        return None


@builtin("odd(number: number)")
def odd(number: Decimal) -> bool:
    """Whether the number is odd."""
    return number == number.to_integral_value() and int(number) % 2 == 1


@builtin("even(number: number)")
def even(number: Decimal) -> bool:
    """Whether the number is even."""
    return number == number.to_integral_value() and int(number) % 2 == 0


@builtin("not(negand: any)")
def negated(negand: Value) -> bool | None:
    """Null for what is no truth value."""
    return not negand if isinstance(negand, bool) else None
