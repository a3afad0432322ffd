"""Comparisons of things that can never be equal: a number with a text, an answer with an option that it has not."""

from __future__ import annotations

from collections.abc import Iterator

from engine.decisions import feel, syntax
from engine.execution.checking.expressions import CONDITIONS, Written
from engine.execution.checking.kinds import WORDS, Kind, Kinds, kind_of_node, outside_of_loops, path_of
from engine.execution.checking.rules.rule import Finding, found

NUMBERS = frozenset({"loopCardinality"})
"""Conditions of the standard that are no conditions."""


def fitting_findings(one: Written, expression: feel.Expression, kinds: Kinds) -> Iterator[Finding]:
    """What of an expression can never hold, for the kinds of values that its names have."""
    if one.role in CONDITIONS - NUMBERS:
        yield from _condition(one, expression.node, kinds)
    for node in outside_of_loops(expression.node):
        if isinstance(node, syntax.Conjunction | syntax.Disjunction):
            for side in (node.left, node.right):
                yield from _condition(one, side, kinds)
        for left, right in _compared(node):
            yield from _pair(one, left, right, kinds)
        if isinstance(node, syntax.Call) and node.callee == syntax.Name("list contains") and len(node.arguments) == 2:
            yield from _contained(one, *node.arguments, kinds)


def _condition(one: Written, node: syntax.Node, kinds: Kinds) -> Iterator[Finding]:
    kind = kind_of_node(node, kinds)
    if kind is not None and kind.name != "yes or no":
        yield found("condition_kind", one.element, text=one.text, found=kind.words)


def _compared(node: syntax.Node) -> Iterator[tuple[syntax.Node, syntax.Node]]:
    """The pairs of values that a part of an expression compares."""
    if isinstance(node, syntax.Comparison):
        yield node.left, node.right
    elif isinstance(node, syntax.Between):
        yield from ((node.value, end) for end in (node.low, node.high))
    elif isinstance(node, syntax.In):
        for test in node.tests:
            yield from ((node.value, value) for value in _tested(test))


def _tested(test: syntax.Node) -> Iterator[syntax.Node]:
    """The values that a test of `in` compares with."""
    if isinstance(test, syntax.ListLiteral):
        for item in test.items:
            yield from _tested(item)
    elif isinstance(test, syntax.RangeLiteral):
        yield from (test.low, test.high)
    elif isinstance(test, syntax.UnaryComparison):
        yield test.operand
    elif isinstance(test, syntax.Literal):
        yield test


def _pair(one: Written, left: syntax.Node, right: syntax.Node, kinds: Kinds) -> Iterator[Finding]:
    first, second = kind_of_node(left, kinds), kind_of_node(right, kinds)
    if first is None or second is None:
        return
    if first.name != second.name:
        yield found("kinds_differ", one.element, text=one.text, first=first.words, second=second.words)
        return
    for answer, given, node in ((first, second, left), (second, first, right)):
        yield from _unknown_option(one, answer, given, node)


def _contained(one: Written, listed: syntax.Node, item: syntax.Node, kinds: Kinds) -> Iterator[Finding]:
    """`list contains(list, item)`: the list must be one, and be able to hold the item."""
    first, second = kind_of_node(listed, kinds), kind_of_node(item, kinds)
    if first is None or second is None:
        return
    if first.name != "list":
        yield found("kinds_differ", one.element, text=one.text, first=first.words, second=WORDS["list"])
    else:
        yield from _unknown_option(one, first, second, listed)


def _unknown_option(one: Written, answer: Kind, given: Kind, node: syntax.Node) -> Iterator[Finding]:
    """A text that the question does not offer, compared with its answer."""
    if not path_of(node) or answer.options is None or given.options is None:
        return
    for text in sorted(given.options - answer.options):
        known = ", ".join(sorted(answer.options)) or "-"
        yield found("option_unknown", one.element, text=one.text, name=".".join(path_of(node)), value=text, known=known)
