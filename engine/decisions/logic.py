"""What decision logic is compiled in: the names and types it may use, and where its problems are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from engine.decisions import feel
from engine.decisions.compiler import Run, refuse
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.item_types import ItemTypes
from engine.decisions.scope import Scope
from engine.decisions.types import ANY, Type, coerce
from engine.text import Text

if TYPE_CHECKING:
    from engine.decisions.tables import Table


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """One thing wrong with a model: the id of the element, what, and the numbers of the rules it is about."""

    element: str
    text: Text
    kind: Literal["unparsable", "overlap", "gap", "cell", "reference"] = "reference"
    rules: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The names in scope and the types of the model, around one piece of logic of one element."""

    element: str
    types: ItemTypes
    names: frozenset[str]
    entries: frozenset[str]
    problems: list[ModelProblem]
    tables: list[Table]

    def knowing(self, names: Iterable[str]) -> Surroundings:
        """The same with further names in scope."""
        further = frozenset(names)
        return replace(self, names=self.names | further, entries=self.entries | further)

    def type(self, reference: str | None) -> Type:
        """The type that a `typeRef` names."""
        return self.types.of(reference)

    def expression(self, text: str, where: Text, rule: int = 0) -> Run:
        """The logic of a FEEL text; one that cannot be parsed is told as a problem and raises when it is asked."""
        if not text:
            return lambda scope: None
        try:
            run = feel.parse(text, self.names, entries=self.entries, types=self.types).run
        except DecisionError as error:
            return self._unparsable(error, where, rule)
        return in_expression(text, run)

    def tests(self, text: str, where: Text, rule: int = 0) -> feel.UnaryTests | DecisionError:
        """The tests of a cell, or the error they hold."""
        try:
            return feel.parse_unary(text, self.names, entries=self.entries, types=self.types)
        except DecisionError as error:
            self._unparsable(error, where, rule)
            return error

    def _unparsable(self, error: DecisionError, where: Text, rule: int) -> Run:
        text = Text("{where}: {reason}", "{where}: {reason}").format(where=where, reason=error.reason)
        self.problems.append(ModelProblem(self.element, text, "unparsable", (rule,) if rule else ()))

        def run(scope: Scope) -> Value:
            raise refuse(error.expression, error)

        return run

    def problem(self, text: Text) -> None:
        """Tells something wrong with the element."""
        self.problems.append(ModelProblem(self.element, text))


def in_expression(text: str, run: Run) -> Run:
    """The same logic, whose errors name the text they happened in."""

    def named(scope: Scope) -> Value:
        try:
            return run(scope)
        except DecisionError as error:
            raise refuse(text, error) from error

    return named


def typed(run: Run, kind: Type) -> Run:
    """The same logic, its result converted to the type or null."""
    return run if kind == ANY else lambda scope: coerce(run(scope), kind)
