"""Where names are looked up while an expression runs, and how much it may still do."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar, Token
from datetime import UTC, datetime
from typing import Self

from engine.decisions.domain import Value, adapt
from engine.decisions.errors import DecisionError
from engine.text import Text

# A decision of a mechanism takes some hundred steps; a runaway loop reaches this in about a second.
LARGEST_STEPS = 300_000
LARGEST_CALLS = 100  # nested invocations
LARGEST_STRING = 1_000_000  # characters


class Evaluation:
    """One evaluation: the steps it has left, how deep its calls are, and what `now()` answers.

    Inside `with`, work on large values that has no scope at hand is counted for it too.
    """

    __slots__ = ("_now", "_token", "depth", "matched", "steps")
    _token: Token[Evaluation | None]

    def __init__(self, now: datetime | None = None) -> None:
        self.steps = LARGEST_STEPS
        self.depth = 0
        self.matched: list[str] = []  # ids of the rules of decision tables that matched
        self._now = now

    def __enter__(self) -> Self:
        self._token = _CURRENT.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _CURRENT.reset(self._token)

    def spend(self, steps: int = 1) -> None:
        """Counts steps; raises DecisionError where the evaluation does not come to an end."""
        self.steps -= steps
        if self.steps < 0:
            raise DecisionError("", 0, _TOO_LONG)

    def enter(self) -> None:
        """One call deeper."""
        self.depth += 1
        self.spend()
        if self.depth > LARGEST_CALLS:
            raise DecisionError("", 0, TOO_DEEP)

    def leave(self) -> None:
        """Back from a call."""
        self.depth -= 1

    @property
    def now(self) -> datetime:
        """The same moment during the whole evaluation."""
        if self._now is None:
            self._now = datetime.now(UTC)
        return self._now


_CURRENT: ContextVar[Evaluation | None] = ContextVar("evaluation", default=None)


def charge(steps: int) -> None:
    """Counts steps of work on large values, where no scope is at hand."""
    evaluation = _CURRENT.get()
    if evaluation is not None:
        evaluation.spend(steps)


def weighed(value: Value) -> Value:
    """The same value; refuses one that is beyond reason in size, counting shared parts as often as they appear."""
    left = LARGEST_STEPS
    waiting = [value] if isinstance(value, (list, dict)) else []
    while waiting:
        items = waiting.pop()
        left -= len(items) + 1
        if left < 0:
            raise DecisionError("", 0, _TOO_LARGE)
        inside = items.values() if isinstance(items, dict) else items
        waiting.extend(item for item in inside if isinstance(item, (list, dict)))
    return value


class Scope:
    """The names of one level, the levels around it, and the evaluation they belong to."""

    __slots__ = ("evaluation", "names", "outer")

    def __init__(self, names: Mapping[str, Value], outer: Scope | None, evaluation: Evaluation) -> None:
        self.names = names
        self.outer = outer
        self.evaluation = evaluation

    def fetch(self, name: str, otherwise: Value = None) -> Value:
        """The value of a name that is in none of the levels; only the outermost level is asked."""
        return otherwise


class RootScope(Scope):
    """The outermost level: values as Python gives them, made FEEL values once, when first used."""

    __slots__ = ("_adapted", "_given")

    def __init__(self, given: Mapping[str, Value], evaluation: Evaluation) -> None:
        self._adapted: dict[str, Value] = {}
        super().__init__(self._adapted, None, evaluation)
        self._given = given

    def fetch(self, name: str, otherwise: Value = None) -> Value:
        """The given value, adapted."""
        if name in self._given:
            value = self._adapted[name] = adapt(self._given[name])
            return value
        return otherwise


_TOO_LONG = Text(
    "it takes too many steps; look for a loop over too long a range or list",
    "يتطلب خطوات أكثر من المسموح؛ ابحث عن تكرار على مجال أو قائمة طويلة جدا",
)
_TOO_LARGE = Text("its result is too large", "نتيجته كبيرة جدا")
TOO_DEEP = Text(
    "functions call each other too deeply; look for a function that calls itself without end",
    "الدوال تستدعي بعضها بعمق زائد؛ ابحث عن دالة تستدعي نفسها بلا نهاية",
)
