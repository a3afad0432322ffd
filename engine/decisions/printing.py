"""The text of every FEEL value, as `string()` gives it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from engine.decisions import moments
from engine.decisions.domain import Function, Range, Value, YearsMonths
from engine.decisions.scope import charge


def to_string(value: Value) -> str:
    """The text of a value; a text is itself, but stands in quotation marks inside lists, contexts and ranges."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, (list, dict)):
        charge(len(value) + 1)
    if isinstance(value, list):
        return f"[{', '.join(map(_inside, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)}: {_inside(item)}" for name, item in value.items()) + "}"
    if isinstance(value, Range):
        return _range_text(value)
    return _other(value)


def _other(value: Value) -> str:
    if isinstance(value, timedelta):
        return moments.duration_text(value)
    if isinstance(value, YearsMonths):
        return str(value)
    if isinstance(value, Function):
        return f"function({', '.join(parameter.name for parameter in value.parameters)})"
    return moments.to_text(value)


def number_text(number: Decimal) -> str:
    """All digits without an exponent, and no zeros at the end of a fraction."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _inside(value: Value) -> str:
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return to_string(value)


def _key(name: str) -> str:
    plain = all(character.isalnum() or character in " _-+*/.'?" for character in name)
    return name if plain and name else _inside(name)


def _range_text(span: Range) -> str:
    if span.start is None:
        return f"{'<=' if span.end_included else '<'} {_inside(span.end)}"
    if span.end is None:
        return f"{'>=' if span.start_included else '>'} {_inside(span.start)}"
    opening, closing = "[" if span.start_included else "(", "]" if span.end_included else ")"
    return f"{opening}{_inside(span.start)}..{_inside(span.end)}{closing}"
