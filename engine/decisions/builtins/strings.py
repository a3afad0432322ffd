"""String functions of FEEL (DMN 1.5, 10.3.4.3)."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce

from engine.decisions import arithmetic, patterns
from engine.decisions.builtins.registry import builtin
from engine.decisions.domain import Value
from engine.decisions.scope import LARGEST_STRING


@builtin("substring(string: string, start position: whole, length?: whole)")
def substring(string: str, start: int, length: int | None = None) -> str | None:
    """The part from a place on, counted from 1 or from the end."""
    if not 1 <= abs(start) <= len(string) or (length is not None and length < 1):
        return None
    first = start - 1 if start > 0 else len(string) + start
    return string[first:] if length is None else string[first : first + length]


@builtin("string length(string: string)")
def string_length(string: str) -> Decimal:
    """The number of characters."""
    return Decimal(len(string))


@builtin("upper case(string: string)")
def upper_case(string: str) -> str:
    """The text in capital letters."""
    return string.upper()


@builtin("lower case(string: string)")
def lower_case(string: str) -> str:
    """The text in small letters."""
    return string.lower()


@builtin("substring before(string: string, match: string)")
def substring_before(string: str, match: str) -> str:
    """The part before the first match; empty without one."""
    return string.partition(match)[0] if match and match in string else ""


@builtin("substring after(string: string, match: string)")
def substring_after(string: str, match: str) -> str:
    """The part after the first match; empty without one."""
    return string.partition(match)[2] if match else string


@builtin("contains(string: string, match: string)")
def contains(string: str, match: str) -> bool:
    """Whether the match occurs."""
    return match in string


@builtin("starts with(string: string, match: string)")
def starts_with(string: str, match: str) -> bool:
    """Whether the text starts with the match."""
    return string.startswith(match)


@builtin("ends with(string: string, match: string)")
def ends_with(string: str, match: str) -> bool:
    """Whether the text ends with the match."""
    return string.endswith(match)


@builtin("matches(input: string, pattern: string, flags?: string|null)")
def matches(text: str, pattern: str, flags: str | None = None) -> bool | None:
    """Whether the pattern matches somewhere; null for a pattern that is none."""
    try:
        return patterns.compiled(pattern, flags or "").on(text).search(text) is not None
    except patterns.PatternError:
        return None


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string|null)")
def replace(text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    """The text with every match replaced; null where the pattern matches the empty text."""
    try:
        result = patterns.replace(text, pattern, replacement, flags or "")
    except patterns.PatternError:
        return None
    return result if len(result) <= LARGEST_STRING else None


@builtin("split(string: string, delimiter: string)")
def split(string: str, delimiter: str) -> list[Value] | None:
    """The parts between the matches of the delimiter, which is a pattern."""
    try:
        return patterns.split(string, delimiter)
    except patterns.PatternError:
        return None


@builtin("string join(list: strings, delimiter?: string|null)")
def string_join(items: list[str | None], delimiter: str | None = None) -> str:
    """The texts one after another, nulls left out."""
    texts = [item for item in items if item is not None]
    if not texts:
        return ""
    return reduce(lambda joined, text: arithmetic.join(joined, (delimiter or "") + text), texts)
