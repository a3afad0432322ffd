"""FEEL, the expression language of DMN: parse once, evaluate often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from engine.decisions import calls, loops, paths, syntax  # noqa: F401  (calls and loops register their compilers)
from engine.decisions.comparing import member
from engine.decisions.compiler import Test, any_holds, compile_node, compile_test, refuse
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.parser import Parser
from engine.decisions.scope import TOO_DEEP, Evaluation, RootScope, Scope, weighed
from engine.decisions.syntax import Name, Node, Tests, walk
from engine.decisions.types import Type

__all__ = ["Expression", "UnaryTests", "evaluate", "feel", "parse", "parse_unary"]


class Expression:
    """A parsed expression."""

    def __init__(self, text: str, node: Node, names: Iterable[str] = ()) -> None:
        self.text = text
        self._names = frozenset(names)
        self.node = node
        self.run = compile_node(node)

    def evaluate(self, scope: Mapping[str, object], *, now: datetime | None = None) -> Value:
        """The value where these names have these values; `now` is what `now()` and `today()` answer."""
        try:
            with Evaluation(now) as evaluation:
                return weighed(self.run(RootScope(scope, evaluation)))
        except DecisionError as error:
            raise refuse(self.text, error) from error
        except RecursionError as error:
            raise DecisionError(self.text, 0, TOO_DEEP) from error

    def paths(self) -> set[tuple[str, ...]]:
        """The free names with the properties asked of them: `person.age > 17` gives `("person", "age")`.

        A name inside a filter counts as a property of the list, unless it was declared when the text was parsed.
        """
        return paths.of(self.node, self._names)


class UnaryTests:
    """The parsed tests of one cell of a decision table."""

    def __init__(self, text: str, node: Tests) -> None:
        self.text = text
        self.node = node
        self._uses_input = [any(isinstance(part, Name) and part.name == "?" for part in walk(t)) for t in node.tests]
        self._tests = [
            _input_test(test) if uses_input else _test(test)
            for test, uses_input in zip(node.tests, self._uses_input, strict=True)
        ]

    def matches(self, value: Value, scope: Scope) -> bool | None:
        """Whether the value passes; null where that cannot be told."""
        if not self._tests:
            return True
        if any(self._uses_input):
            scope = Scope({"?": value}, scope, scope.evaluation)
        held = any_holds(value, self._tests, scope)
        return (None if held is None else not held) if self.node.negated else held

    def first_held(self, value: Value, scope: Scope) -> int:
        """The place of the first test that the value passes; behind all others where it passes none."""
        inner = Scope({"?": value}, scope, scope.evaluation)
        return next((place for place, test in enumerate(self._tests) if test(value, inner) is True), len(self._tests))

    def evaluate(self, value: object, scope: Mapping[str, object]) -> bool | None:
        """`matches` for values from Python."""
        root = RootScope({**scope, "?": value}, Evaluation())
        try:
            return self.matches(root.fetch("?"), root)
        except DecisionError as error:
            raise refuse(self.text, error) from error

    def paths(self) -> set[tuple[str, ...]]:
        """The free names with the properties asked of them, without `?`."""
        return {path for path in paths.of(self.node) if path[0] != "?"}


def _test(node: Node) -> Test:
    """A test without `?`: a value to equal or lie in, or a condition on other values that holds by being true."""
    if not isinstance(node, _CONDITIONS):
        return compile_test(node)
    run = compile_node(node)

    def test(value: Value, scope: Scope) -> bool | None:
        result = run(scope)
        held = member(value, result)
        return True if result is True and not isinstance(value, bool) else held

    return test


_CONDITIONS = (
    *(syntax.Comparison, syntax.Conjunction, syntax.Disjunction, syntax.Between, syntax.In, syntax.InstanceOf),
    *(syntax.Quantified, syntax.Call, syntax.If, syntax.Name, syntax.Path),
)


def _input_test(node: Node) -> Test:
    """A test that names its input `?`: a condition, or else a value to equal or lie in."""
    run = compile_node(node)

    def test(value: Value, scope: Scope) -> bool | None:
        result = run(scope)
        return result if isinstance(result, bool) else member(value, result)

    return test


def parse(
    text: str, names: Iterable[str] = (), *, entries: Iterable[str] = (), types: Mapping[str, Type] | None = None
) -> Expression:
    """The parsed expression; raises DecisionError.

    `names` are those in scope (needed where one has several words or signs), `entries` the names of properties.
    """
    try:
        names = tuple(names)
        return Expression(text, Parser(text, names, entries, types or {}).whole_expression(), names)
    except RecursionError as error:
        raise DecisionError(text, 0, TOO_DEEP) from error


def parse_unary(
    text: str, names: Iterable[str] = (), *, entries: Iterable[str] = (), types: Mapping[str, Type] | None = None
) -> UnaryTests:
    """The parsed unary tests of a cell; raises DecisionError."""
    try:
        return UnaryTests(text, Parser(text, names, entries, types or {}).unary_tests())
    except RecursionError as error:
        raise DecisionError(text, 0, TOO_DEEP) from error


def evaluate(text: str, scope: Mapping[str, object] | None = None, *, now: datetime | None = None) -> Value:
    """The value of the expression; the names of the scope may have several words."""
    scope = scope or {}
    return _parsed(text, tuple(scope), tuple(sorted(_entry_names(scope)))).evaluate(scope, now=now)


def feel(expression: str, variables: Mapping[str, object] | None = None, *, now: datetime | None = None) -> Value:
    """`evaluate`, under the name and with the parameters of the engine's public face."""
    return evaluate(expression, variables, now=now)


@lru_cache(maxsize=2_000)
def _parsed(text: str, names: tuple[str, ...], entries: tuple[str, ...]) -> Expression:
    return parse(text, names, entries=entries)


def _entry_names(value: object) -> set[str]:
    """The names of several words or signs inside the values of a scope."""
    if isinstance(value, Mapping):
        own = {name for name in value if isinstance(name, str) and not name.isidentifier()}
        return own.union(*map(_entry_names, value.values()))
    return set().union(*map(_entry_names, value)) if isinstance(value, (list, tuple)) else set()
