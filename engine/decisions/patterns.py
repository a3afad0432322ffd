"""XPath regular expressions, which FEEL uses, translated to Python's."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.decisions import character_classes
from engine.decisions.character_classes import PatternError

__all__ = ["PatternError", "compiled", "replace", "split"]

_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": 0, "q": 0}
_LARGEST_PATTERN = 1_000  # characters
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d+(?:,\d*)?\})\??")
_DOLLAR = re.compile(r"\\(.)?|\$(\d*)", re.DOTALL)


@lru_cache(maxsize=500)
def compiled(pattern: str, flags: str) -> re.Pattern[str]:
    """The pattern for Python; raises PatternError for what is none in XPath."""
    if len(pattern) > _LARGEST_PATTERN or not set(flags) <= _FLAGS.keys():
        raise PatternError(pattern)
    options = 0
    for flag in flags:
        options |= _FLAGS[flag]
    translated = re.escape(pattern) if "q" in flags else _Translation(pattern, flags).whole()
    try:
        return re.compile(translated, options)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(pattern) from error


def replace(text: str, pattern: str, replacement: str, flags: str) -> str:
    """The text with every match replaced; raises PatternError for a pattern that matches the empty text."""
    regex = compiled(pattern, flags)
    if regex.match(""):
        raise PatternError(pattern)
    parts = [replacement] if "q" in flags else _replacement(replacement, regex.groups)

    def filled(match: re.Match[str]) -> str:
        return "".join(part if isinstance(part, str) else (match[part] or "") for part in parts)

    return regex.sub(filled, text)


def _replacement(text: str, groups: int) -> list[str | int]:
    """The replacement as texts and numbers of groups: `$1` is a group, `\\$` and `\\\\` are signs."""
    parts: list[str | int] = []
    at = 0
    for match in _DOLLAR.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
        if match[2] is None:
            if match[1] not in ("$", "\\"):
                raise PatternError(text)
            parts.append(match[1])
            continue
        digits = match[2]
        if not digits:
            raise PatternError(text)
        while len(digits) > 1 and int(digits) > groups:
            digits, at = digits[:-1], at - 1
        if int(digits) <= groups:
            parts.append(int(digits))
    return [*parts, text[at:]]


def split(text: str, delimiter: str) -> list[str]:
    """The parts between the matches; raises PatternError for a delimiter that matches the empty text."""
    regex = compiled(delimiter, "")
    if regex.match(""):
        raise PatternError(delimiter)
    parts, at = [], 0
    for match in regex.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
    return [*parts, text[at:]]


class _Translation:
    """One pattern on its way from XPath to Python."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = character_classes.without_spaces(pattern) if "x" in flags else pattern
        self.flags = flags
        self.at = 0
        self.opened: list[int] = []  # numbers of groups that are open; 0 for those that do not capture
        self.closed: set[int] = set()
        self.groups = 0

    def whole(self) -> str:
        """The pattern in Python's spelling."""
        parts: list[str] = []
        may_repeat = False
        while self.at < len(self.pattern):
            quantifier = _QUANTIFIER.match(self.pattern, self.at)
            if quantifier:
                if not may_repeat:
                    raise PatternError(self.pattern)
                parts.append(quantifier[0])
                self.at = quantifier.end()
                may_repeat = False
                continue
            part, may_repeat = self._part()
            parts.append(part)
        if self.opened:
            raise PatternError(self.pattern)
        return "".join(parts)

    def _part(self) -> tuple[str, bool]:
        sign = self.pattern[self.at]
        if sign == "(":
            return self._open(), False
        if sign == ")":
            return self._close(), True
        if sign == "\\":
            return self._escape(), True
        if sign == "[":
            part, self.at = character_classes.bracket(self.pattern, self.at)
            return part, True
        self.at += 1
        if sign in "]{}":
            raise PatternError(self.pattern)
        return self._sign(sign), sign not in "|^$"

    def _sign(self, sign: str) -> str:
        if sign == ".":
            return "." if "s" in self.flags else r"[^\n\r]"
        if sign == "$":
            return "$" if "m" in self.flags else r"\Z"
        return sign if sign in "|^" else re.escape(sign)

    def _open(self) -> str:
        if self.pattern.startswith("(?:", self.at):
            self.at += 3
            self.opened.append(0)
            return "(?:"
        self.at += 1
        self.groups += 1
        self.opened.append(self.groups)
        return "("

    def _close(self) -> str:
        if not self.opened:
            raise PatternError(self.pattern)
        self.at += 1
        self.closed.add(self.opened.pop())
        return ")"

    def _escape(self) -> str:
        digits = re.compile(r"\\([1-9]\d*)").match(self.pattern, self.at)
        if digits is None:
            part, self.at = character_classes.escape(self.pattern, self.at)
            return part
        number = digits[1]
        while len(number) > 1 and int(number) > self.groups:
            number = number[:-1]
        if int(number) not in self.closed:
            raise PatternError(self.pattern)
        self.at += 1 + len(number)
        return f"(?:\\{number})"
