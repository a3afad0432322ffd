"""Whether a rule hides a question, over the answers so far and the process variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from engine.decisions import feel


def is_hidden(rule: str, scope: Mapping[str, object], now: datetime) -> bool:
    """Whether the rule (FEEL, or empty) hides its question. Only true hides: in doubt the question is asked."""
    if not rule:
        return False
    expression = _parsed(rule, frozenset(scope))
    unset = {path[0]: None for path in expression.paths()}  # a variable the process has not set yet is null
    return expression.evaluate({**unset, **scope}, now=now) is True


def names_in(rule: str, names: Iterable[str]) -> set[str]:
    """The names the rule asks about. Raises `DecisionError` where it cannot be read."""
    return {path[0] for path in _parsed(rule, frozenset(names)).paths() if path}


@lru_cache(maxsize=2048)
def _parsed(rule: str, names: frozenset[str]) -> feel.Expression:
    return feel.parse(rule, names)


class Reveal(NamedTuple):
    """A rule so simple that a browser may follow it at once: shown where the question `key` has this value."""

    key: str
    value: str


_UNEQUAL = re.compile(r'(?P<key>[a-z][a-z0-9_]*)\s*!=\s*(?P<value>"[^"\\]*"|true)')
_NOT_EQUAL = re.compile(r'not\(\s*(?P<key>[a-z][a-z0-9_]*)\s*=\s*(?P<value>"[^"\\]*"|true)\s*\)')
_NOT_LISTED = re.compile(r'not\(\s*list contains\(\s*(?P<key>[a-z][a-z0-9_]*)\s*,\s*(?P<value>"[^"\\]*")\s*\)\s*\)')


def reveal_of(rule: str) -> Reveal | None:
    """The equality that shows what `k != "v"`, `not(k = "v")` or `not(list contains(k, "v"))` hides."""
    for pattern in (_UNEQUAL, _NOT_EQUAL, _NOT_LISTED):
        found = pattern.fullmatch(rule)
        if found:
            return Reveal(found["key"], found["value"].strip('"'))
    return None
