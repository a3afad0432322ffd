"""Reads the values that texts stand for: `@` literals, numbers, and the texts of dates, times and durations."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.decisions import moments
from engine.decisions.comparing import comparable, less
from engine.decisions.domain import NUMBERS, Range, Value
from engine.decisions.lexer import unescape

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)

_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CALL = re.compile(r'(?:date|time|date and time|duration)\(\s*"([^"]*)"\s*\)')
_RANGE = re.compile(r"([\[(\]])(.*?)\.\.(.*)([\])\[])", re.DOTALL)


def read_at_literal(text: str) -> Value:
    """The date, time, date and time, or duration that the text is; null where it is none."""
    for read in (moments.read_date, moments.read_time, moments.read_date_and_time, moments.read_duration):
        try:
            return read(text)
        except ValueError:
            continue
    return None


def read_number(text: str) -> Decimal | None:
    """The number that the text is, or null."""
    if not _NUMBER.fullmatch(text):
        return None
    try:
        return NUMBERS.create_decimal(text)
    except ArithmeticError:
        return None


def number_literal(text: str) -> Decimal:
    """The number that digits in an expression stand for; raises ValueError beyond the range of numbers."""
    try:
        return NUMBERS.create_decimal(text)
    except ArithmeticError as error:
        raise ValueError(text) from error


def read_endpoint(text: str) -> Value:
    """A number, a text in quotation marks, or an `@` literal; null for anything else."""
    text = text.strip()
    if text.startswith("@"):
        text = text[1:].strip()
        return read_at_literal(text[1:-1]) if _TEXT.fullmatch(text) else None
    if _TEXT.fullmatch(text):
        return unescape(text)
    call = _CALL.fullmatch(text)
    return read_at_literal(call[1]) if call else read_number(text)


def read_range(text: str) -> Range | None:
    """`[18..21)` between two literals of one kind; an end may be left out where its bracket is open."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        return None
    opening, low, high, closing = match[1], match[2].strip(), match[3].strip(), match[4]
    start, end = (read_endpoint(part) if part else None for part in (low, high))
    given = [value for part, value in ((low, start), (high, end)) if part]
    if not comparable(given) or (not low and opening == "[") or (not high and closing == "]"):
        return None
    if len(given) == 2 and less(end, start):
        return None
    return Range(start, end, opening == "[", closing == "]")
