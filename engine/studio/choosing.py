"""The open tasks of a play, each to be chosen by itself: how one of several is called, and named in a story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from engine.rehearsal.views import WaitingTask
from engine.studio.vocabulary import Vocabulary
from engine.text import Text

DEEPEST = 3
"""Names in the path by which a story tells several tasks of one step apart."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Choice:
    """One open task. `key` names it among all that are open; `about` says which of several it is, if there were."""

    key: str
    task: WaitingTask
    about: Text
    named: Mapping[str, Any]
    """What a story writes beside the step to name this one: `where` or `number`, or nothing."""


def choices(tasks: Sequence[WaitingTask], vocabulary: Vocabulary) -> list[Choice]:
    """Each task that is open, in their order."""
    return [_choice(task, [one for one in tasks if one.element == task.element], vocabulary) for task in tasks]


def _choice(task: WaitingTask, same: Sequence[WaitingTask], vocabulary: Vocabulary) -> Choice:
    number = same.index(task) + 1
    key = f"{task.element}.{number}"
    if len(same) == 1:
        return Choice(key, task, _of_item(task.item, vocabulary), {})
    others = [dict(_values(one.variables)) for one in same if one is not task]
    for path, value in sorted(_values(task.variables), key=lambda one: (one[0] == "loopCounter", one[0].count("."))):
        if all(path not in other or other[path] != value for other in others):
            plain = int(value) if isinstance(value, Decimal) else value
            return Choice(key, task, vocabulary.answer(path, plain), {"where": {path: plain}})
    return Choice(key, task, _NUMBER.format(number=number, all=len(same)), {"number": number})


def _of_item(item: object, vocabulary: Vocabulary) -> Text:
    """Which one it was of several, when it is the only one left."""
    values = [("", item), *_values(item)] if isinstance(item, Mapping) else [("", item)]
    return next((vocabulary.answer(path, one) for path, one in values if isinstance(one, str)), Text(""))


def _values(variables: Mapping[str, object], before: str = "", depth: int = 1) -> Iterator[tuple[str, object]]:
    """Paths that FEEL can read, with words, whole numbers, yes or no at their ends."""
    for name, value in variables.items():
        if not _NAME.fullmatch(name):
            continue
        if isinstance(value, Mapping) and depth < DEEPEST:
            yield from _values(value, f"{before}{name}.", depth + 1)
        elif isinstance(value, str | bool) or (isinstance(value, Decimal) and value == value.to_integral_value()):
            yield f"{before}{name}", value


_NUMBER = Text("number {number} of {all}", "رقم {number} من {all}")
