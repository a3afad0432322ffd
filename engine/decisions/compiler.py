"""Turns a parsed expression into a tree of small functions, once, so that evaluating it is only calling them."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from engine.decisions import arithmetic, properties, syntax
from engine.decisions.builtins import FUNCTIONS
from engine.decisions.comparing import comparable, compare, equal, less, member
from engine.decisions.domain import Range, Value
from engine.decisions.errors import DecisionError
from engine.decisions.scope import Scope
from engine.decisions.types import Unknown, is_instance

Run: TypeAlias = Callable[[Scope], Value]
_Compile: TypeAlias = Callable[[Any], Run]

COMPILERS: dict[type[syntax.Node], _Compile] = {}


def compiles(kind: type[syntax.Node]) -> Callable[[_Compile], _Compile]:
    """Registers how one kind of part is compiled."""

    def register(function: _Compile) -> _Compile:
        COMPILERS[kind] = function
        return function

    return register


def compile_node(node: syntax.Node) -> Run:
    """The function that evaluates this part in a scope."""
    return COMPILERS[type(node)](node)


@compiles(syntax.Literal)
def _literal(node: syntax.Literal) -> Run:
    value = node.value
    return lambda scope: value


@compiles(syntax.Name)
def _name(node: syntax.Name) -> Run:
    name = node.name
    built_in = FUNCTIONS.get(name)

    def run(scope: Scope) -> Value:
        while True:
            names = scope.names
            if name in names:
                return names[name]
            if scope.outer is None:
                return scope.fetch(name, built_in)
            scope = scope.outer

    return run


@compiles(syntax.Path)
def _path(node: syntax.Path) -> Run:
    base, name, of = compile_node(node.base), node.name, properties.of

    def run(scope: Scope) -> Value:
        value = base(scope)
        return value.get(name) if type(value) is dict else of(value, name)

    return run


@compiles(syntax.Negation)
def _negation(node: syntax.Negation) -> Run:
    operand = compile_node(node.operand)
    return lambda scope: arithmetic.negate(operand(scope))


_ARITHMETIC = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
    "**": arithmetic.power,
}


@compiles(syntax.Arithmetic)
def _arithmetic(node: syntax.Arithmetic) -> Run:
    left, right, join = compile_node(node.left), compile_node(node.right), _ARITHMETIC[node.operator]
    return lambda scope: join(left(scope), right(scope))


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_EQUALITY: dict[str, Callable[[Any, Any], bool]] = {"=": operator.eq, "!=": operator.ne}


def comparison(sign: str) -> Callable[[Value, Value], bool | None]:
    """The function that compares two values by one of the six signs."""
    if sign == "=":
        return equal
    if sign == "!=":
        return lambda left, right: None if (same := equal(left, right)) is None else not same
    holds = _ORDER[sign]
    return lambda left, right: None if (order := compare(left, right)) is None else holds(order, 0)


@compiles(syntax.Comparison)
def _comparison(node: syntax.Comparison) -> Run:
    left, right, holds = compile_node(node.left), compile_node(node.right), comparison(node.operator)
    quick: Callable[[Any, Any], bool] = _ORDER.get(node.operator) or _EQUALITY[node.operator]

    def run(scope: Scope) -> Value:
        a, b = left(scope), right(scope)
        if type(a) is type(b) and type(a) in (Decimal, str):
            return quick(a, b)
        return holds(a, b)

    return run


@compiles(syntax.Conjunction)
def _conjunction(node: syntax.Conjunction) -> Run:
    return _connective(compile_node(node.left), compile_node(node.right), decided_by=False)


@compiles(syntax.Disjunction)
def _disjunction(node: syntax.Disjunction) -> Run:
    return _connective(compile_node(node.left), compile_node(node.right), decided_by=True)


def _connective(left: Run, right: Run, *, decided_by: bool) -> Run:
    """`and` is decided by one false, `or` by one true; what is no truth value counts as null (table 49)."""
    otherwise = not decided_by

    def run(scope: Scope) -> Value:
        first = left(scope)
        if first is decided_by:
            return decided_by
        second = right(scope)
        if second is decided_by:
            return decided_by
        return otherwise if first is otherwise and second is otherwise else None

    return run


@compiles(syntax.Between)
def _between(node: syntax.Between) -> Run:
    value, low, high = compile_node(node.value), compile_node(node.low), compile_node(node.high)

    def run(scope: Scope) -> bool | None:
        found = value(scope)
        above = less(low(scope), found, or_equal=True)
        below = less(found, high(scope), or_equal=True)
        if above is False or below is False:
            return False
        return True if above and below else None

    return run


@compiles(syntax.InstanceOf)
def _instance_of(node: syntax.InstanceOf) -> Run:
    value, kind = compile_node(node.value), node.type
    if isinstance(kind, Unknown):
        return lambda scope: None
    return lambda scope: is_instance(value(scope), kind)


@compiles(syntax.If)
def _if(node: syntax.If) -> Run:
    condition, yes, no = compile_node(node.condition), compile_node(node.yes), compile_node(node.no)
    return lambda scope: yes(scope) if condition(scope) is True else no(scope)


@compiles(syntax.ListLiteral)
def _list(node: syntax.ListLiteral) -> Run:
    items = [compile_node(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


@compiles(syntax.ContextLiteral)
def _context(node: syntax.ContextLiteral) -> Run:
    entries = [(name, compile_node(value)) for name, value in node.entries]
    if len({name for name, _ in entries}) < len(entries):
        return lambda scope: None  # two entries of one name

    def run(scope: Scope) -> Value:
        context: dict[str, Value] = {}
        inner = Scope(context, scope, scope.evaluation)
        for name, value in entries:
            context[name] = value(inner)
        return context

    return run


@compiles(syntax.RangeLiteral)
def _range(node: syntax.RangeLiteral) -> Run:
    low, high = compile_node(node.low), compile_node(node.high)
    open_ends = [end for end in (node.low, node.high) if isinstance(end, syntax.Literal) and end.value is None]

    def run(scope: Scope) -> Range | None:
        start, end = low(scope), high(scope)
        given = [value for value in (start, end) if value is not None]
        # `[1..null]` is open where null is written; an endpoint that turns out null is no range
        if len(given) + len(open_ends) != 2 or not comparable(given):
            return None
        return Range(start, end, node.low_included, node.high_included)

    return run


@compiles(syntax.UnaryComparison)
def _unary_comparison(node: syntax.UnaryComparison) -> Run:
    """`< 5` as a value: the range of everything below five."""
    operand, sign = compile_node(node.operand), node.operator

    def run(scope: Scope) -> Range | None:
        end = operand(scope)
        if sign == "=":
            return Range(end, end, True, True)
        if sign == "!=" or not comparable([end]):
            return None
        return Range(None, end, False, sign == "<=") if sign[0] == "<" else Range(end, None, sign == ">=", False)

    return run


@compiles(syntax.In)
def _in(node: syntax.In) -> Run:
    value, tests = compile_node(node.value), [compile_test(test) for test in node.tests]

    def run(scope: Scope) -> bool | None:
        found = value(scope)
        return any_holds(found, tests, scope)

    return run


Test: TypeAlias = Callable[[Value, Scope], bool | None]


def any_holds(value: Value, tests: list[Test], scope: Scope) -> bool | None:
    """True where a test holds, else null where one cannot be told, else false."""
    result: bool | None = False
    for test in tests:
        held = test(value, scope)
        if held is True:
            return True
        if held is None:
            result = None
    return result


def compile_test(node: syntax.Node) -> Test:
    """The function that tests a value against one unary test."""
    if isinstance(node, syntax.UnaryComparison):
        operand, holds = compile_node(node.operand), comparison(node.operator)
        return lambda value, scope: holds(value, operand(scope))
    run = compile_node(node)
    return lambda value, scope: member(value, run(scope))


def refuse(expression: str, error: DecisionError) -> DecisionError:
    """The same error, with the expression in which it happened."""
    return DecisionError(error.expression or expression, error.position, error.reason)
