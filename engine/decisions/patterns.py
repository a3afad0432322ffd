"""XPath regular expressions, which FEEL uses, translated to Python's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from engine.decisions import character_classes
from engine.decisions.character_classes import PatternError
from engine.decisions.errors import DecisionError
from engine.decisions.scope import charge
from engine.text import Text

__all__ = ["PatternError", "compiled", "replace", "split"]

_FLAGS = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": 0, "q": 0}
_LARGEST_PATTERN = 1_000  # characters
LARGEST_RISK = 24  # characters: at most a second on a pattern that doubles its work with each
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d+(?:,\d*)?\})\??")
_DOLLAR = re.compile(r"\\(.)?|\$(\d*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A translated pattern; `is_risky` where it repeats a group that may repeat itself, as `(a+)+`."""

    regex: re.Pattern[str]
    is_risky: bool

    def on(self, text: str) -> re.Pattern[str]:
        """The pattern, to be used on this text; refuses what could take for ever."""
        if self.is_risky and len(text) > LARGEST_RISK:
            raise DecisionError(self.regex.pattern, 0, _RISK)
        charge(len(text) // 10)
        return self.regex


@lru_cache(maxsize=500)
def compiled(pattern: str, flags: str) -> Pattern:
    """The pattern for Python; raises PatternError for what is none in XPath."""
    if len(pattern) > _LARGEST_PATTERN or not set(flags) <= _FLAGS.keys():
        raise PatternError(pattern)
    options = 0
    for flag in flags:
        options |= _FLAGS[flag]
    translation = _Translation(pattern, flags)
    translated = re.escape(pattern) if "q" in flags else translation.whole()
    try:
        return Pattern(re.compile(translated, options), translation.is_risky)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(pattern) from error


def replace(text: str, pattern: str, replacement: str, flags: str) -> str:
    """The text with every match replaced; raises PatternError for a pattern that matches the empty text."""
    regex = compiled(pattern, flags).on(text)
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
    regex = compiled(delimiter, "").on(text)
    if regex.match(""):
        raise PatternError(delimiter)
    parts, at = [], 0
    for match in regex.finditer(text):
        parts.append(text[at : match.start()])
        at = match.end()
    return [*parts, text[at:]]


@dataclass(slots=True)
class _Alternative:
    """What is known of the alternatives of a group: one that only repeats, with nothing fixed in it, is loose."""

    fixed: int = 0
    repeats: bool = False
    is_loose: bool = False

    def close(self) -> None:
        """At the end of one alternative."""
        self.is_loose = self.is_loose or (self.repeats and self.fixed == 0)
        self.fixed, self.repeats = 0, False


class _Translation:
    """One pattern on its way from XPath to Python."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = character_classes.without_spaces(pattern) if "x" in flags else pattern
        self.flags = flags
        self.at = 0
        self.opened: list[int] = []  # numbers of groups that are open; 0 for those that do not capture
        self.closed: set[int] = set()
        self.groups = 0
        self.is_risky = False
        self._alternatives = [_Alternative()]  # of the whole, and of every open group
        self._last_repeats = False  # whether what was read last is a group that may repeat itself

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
                self._repeat(quantifier[0])
                self.at = quantifier.end()
                may_repeat = False
                continue
            self._last_repeats = False
            part, may_repeat = self._part()
            self._alternatives[-1].fixed += may_repeat
            parts.append(part)
        if self.opened:
            raise PatternError(self.pattern)
        return "".join(parts)

    def _repeat(self, quantifier: str) -> None:
        alternative = self._alternatives[-1]
        alternative.fixed -= 1
        if quantifier[0] in "*+" or quantifier.rstrip("?").endswith(",}"):
            alternative.repeats = True
            self.is_risky = self.is_risky or self._last_repeats

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
        if sign == "|":
            self._alternatives[-1].close()
        return self._sign(sign), sign not in "|^$"

    def _sign(self, sign: str) -> str:
        if sign == ".":
            return "." if "s" in self.flags else r"[^\n\r]"
        if sign == "$":
            return "$" if "m" in self.flags else r"\Z"
        return sign if sign in "|^" else re.escape(sign)

    def _open(self) -> str:
        self._alternatives.append(_Alternative())
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
        group = self._alternatives.pop()
        group.close()
        self._last_repeats = group.is_loose
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


_RISK = Text(
    "the pattern repeats a group that repeats itself, which may take for ever on a long text; write one repetition",
    "النمط يكرر مجموعة تكرر نفسها، وقد لا ينتهي ذلك مع نص طويل؛ اكتب تكرارا واحدا",
)
