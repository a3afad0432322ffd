"""Whether what should be a story has the shape of one; what happens in it is tried by playing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from engine.rehearsal.expectations import EXPECTATIONS

VERBS = ("do", "wait", "until", "expect", "send", "signal", "world")
DEEPEST = 12
"""Lists and groups inside one another in a value of a story."""
NEEDED = ("title", "process", "starts", "steps")


def faults(told: object) -> Iterator[tuple[str, str]]:
    """What was found and what was expected, for everything that keeps `told` from being a story."""
    if not isinstance(told, Mapping):
        yield type(told).__name__, ", ".join(NEEDED)
        return
    missing = [key for key in NEEDED if key not in told]
    if missing:
        yield f"no {', '.join(missing)}", ", ".join(NEEDED)
        return
    if not isinstance(told["process"], str):
        yield f"process: {_short(told['process'])}", "the id of a process"
    if not _is_group(told.get("variables")):
        yield f"variables: {_short(told['variables'])}", "variables: {name: value}"
    begins = told.get("begins")
    if not (begins is None or (isinstance(begins, Mapping) and _fits(begins, _BEGINS) and "at" in begins)):
        yield f"begins: {_short(begins)}", "begins: {at: start event, payload: {name: value}}"
    if not isinstance(told["steps"], list):
        yield f"steps: {_short(told['steps'])}", "a list of steps"
        return
    for number, step in enumerate(steps_of(told), 1):
        yield from ((f"step {number}: {found}", expected) for found, expected in _of_step(step))


def steps_of(told: Mapping[str, Any]) -> list[Any]:
    """The steps, with what is expected at the end as the last of them."""
    return [*told["steps"], *([{"expect": told["expect"]}] if "expect" in told else [])]


def _of_step(step: object) -> Iterator[tuple[str, str]]:
    if not isinstance(step, Mapping) or sum(verb in step for verb in VERBS) != 1:
        yield _short(step), f"one of {', '.join(VERBS)}"
        return
    verb = next(verb for verb in VERBS if verb in step)
    if not _fits(step, {verb: _VERBS[verb], **_BESIDE.get(verb, {})}):
        yield _short(step), _EXPECTED[verb]
    elif verb == "expect" and (unknown := set(step["expect"]) - set(EXPECTATIONS)):
        yield ", ".join(sorted(map(str, unknown))), ", ".join(EXPECTATIONS)


def _fits(given: Mapping[Any, Any], known: Mapping[str, Callable[[Any], bool]]) -> bool:
    return all(name in known and known[name](value) for name, value in given.items())


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_group(value: object) -> bool:
    """Values by name, or nothing."""
    return value is None or (isinstance(value, Mapping) and is_plain(value))


def is_plain(value: object, depth: int = 0) -> bool:
    """Whether it is a value as files hold it, named by words, and not deeper than anybody would write."""
    if depth > DEEPEST:
        return False
    if isinstance(value, Mapping):
        return all(isinstance(name, str) and is_plain(one, depth + 1) for name, one in value.items())
    if isinstance(value, list):
        return all(is_plain(one, depth + 1) for one in value)
    return value is None or isinstance(value, str | bool | int | float | date)


def _is_sent(word: str) -> Callable[[Any], bool]:
    parts = {word: _is_word, "payload": _is_group, "keys": _is_group}
    return lambda value: isinstance(value, Mapping) and word in value and _fits(value, parts)


def _short(value: object) -> str:
    """Enough of what was found to find it again."""
    text = repr(value)
    return text if len(text) <= 120 else f"{text[:119]}…"


_BEGINS: Mapping[str, Callable[[Any], bool]] = {"at": _is_word, "payload": _is_group}
_WORLD: Mapping[str, Callable[[Any], bool]] = {
    "matches": lambda value: isinstance(value, int) and 0 <= value <= 1_000,
    "fill": _is_word,
    "empty": _is_word,
    "outrun": _is_word,
    "consents": lambda value: isinstance(value, Mapping) and _is_group(value),
}
_VERBS: Mapping[str, Callable[[Any], bool]] = {
    "do": _is_word,
    "wait": _is_word,
    "until": lambda value: isinstance(value, str | datetime),
    "expect": lambda value: isinstance(value, Mapping) and _is_group(value),
    "send": _is_sent("message"),
    "signal": _is_sent("name"),
    "world": lambda value: isinstance(value, Mapping) and _fits(value, _WORLD),
}
_BESIDE: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "do": {
        "answers": _is_group,
        "where": _is_group,
        "number": lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
        "as": _is_word,
        "person": _is_word,
        "refused": lambda value: isinstance(value, bool),
    },
    "wait": {"working": lambda value: isinstance(value, bool)},
}
_EXPECTED: Mapping[str, str] = {
    "do": "do: task with answers: {question: answer}, where: {path: value}, number, as, person, refused",
    "wait": "wait: PT24H or P5D, with working: true for working days",
    "until": "until: a moment with its offset, as 2026-03-01T09:00:00+02:00",
    "expect": "expect: {name: value}",
    "send": "send: {message: name, payload: {name: value}, keys: {name: value}}",
    "signal": "signal: {name: name, payload: {name: value}}",
    "world": "world: {matches: number, consents: {purpose: state}, fill, empty or outrun: shelter}",
}
