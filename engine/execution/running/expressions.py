"""Evaluates the FEEL of diagrams: values, conditions that must be true or false, and the assignments of scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from engine.decisions import feel
from engine.decisions.errors import DecisionError
from engine.execution.failures import StepFailed
from engine.text import Text

Values = Mapping[str, object]


def evaluate(text: str, scope: Values, now: datetime, element: str) -> object:
    """The value of an expression of `element`; `StepFailed` where FEEL calls it an error, not where it is null."""
    try:
        return _parsed(text, _spoken_names(scope)).evaluate(scope, now=now)
    except DecisionError as error:
        raise StepFailed(element, _CANNOT_EVALUATE.format(expression=text, reason=error.reason), error) from error


def holds(text: str, scope: Values, now: datetime, element: str) -> bool:
    """Whether a condition holds. Neither true nor false is a failed step that names the variable, never a silent no."""
    value = evaluate(text, scope, now, element)
    if isinstance(value, bool):
        return value
    raise StepFailed(element, _NEITHER.format(expression=text, variable=_unset_variable(text, scope, now)))


def is_true(text: str, scope: Values, now: datetime, element: str) -> bool:
    """Whether a condition holds now; one that reads a variable nobody has set does not (yet)."""
    return evaluate(text, scope, now, element) is True


def assignments(script: str, element: str) -> Iterator[tuple[str, str]]:
    """The assignments of a script, one a line; a line that goes on is indented or inside brackets."""
    for line in _whole_lines(script):
        found = _ASSIGNMENT.match(line)
        if found is None:
            raise StepFailed(element, _NO_ASSIGNMENT.format(line=line))
        yield found["name"].strip(), found["value"].strip()


def _whole_lines(script: str) -> Iterator[str]:
    pending = ""
    for line in script.splitlines():
        bare = line.split("//", 1)[0].rstrip() if '"' not in line else line.rstrip()
        pending = f"{pending}\n{bare}" if pending else bare.strip()
        if pending.strip() and _is_closed(pending):
            yield pending.strip().rstrip(";")
            pending = ""
    if pending.strip():
        yield pending.strip()


def _is_closed(text: str) -> bool:
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", text)
    return all(bare.count(left) <= bare.count(right) for left, right in ("()", "[]", "{}"))


def _spoken_names(scope: Values) -> tuple[str, ...]:
    """Names of several words or with signs: FEEL can only read these where it knows them."""
    return tuple(sorted(name for name in scope if not name.isidentifier()))


@lru_cache(maxsize=4096)
def _parsed(text: str, names: tuple[str, ...]) -> feel.Expression:
    return feel.parse(text.strip().removeprefix("="), names)


def _unset_variable(text: str, scope: Values, now: datetime) -> str:
    """The first name of the expression, with its property path, whose value is null."""
    paths = sorted(_parsed(text, _spoken_names(scope)).paths())
    return next((".".join(path) for path in paths if _follow(path, scope) is None), text)


def _follow(path: Iterable[str], scope: object) -> object:
    for name in path:
        scope = scope.get(name) if isinstance(scope, Mapping) else None
    return scope


_ASSIGNMENT = re.compile(r"(?P<name>[^\W\d][\w .]*?)\s*(?<![<>!=])=(?!=)\s*(?P<value>.+)", re.DOTALL)

_CANNOT_EVALUATE = Text(
    "the expression '{expression}' cannot be evaluated: {reason} The process owner can mend the diagram.",
    "تعذّر حساب التعبير '\u2066{expression}\u2069': {reason} يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
_NEITHER = Text(
    "the condition '{expression}' is neither true nor false, because '{variable}' has no value that it can use. "
    "The process owner can mend the diagram.",
    "الشرط '\u2066{expression}\u2069' ليس صحيحًا ولا خاطئًا، لأن '{variable}' بلا قيمة صالحة له. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
_NO_ASSIGNMENT = Text(
    "a script holds assignments, one a line, such as 'attempts = attempts + 1'; found '{line}'. "
    "The process owner can mend the diagram.",
    "يتضمن النص البرمجي إسنادات، واحدًا في كل سطر، مثل 'attempts = attempts + 1'؛ الموجود '\u2066{line}\u2069'. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
