"""Compiles what goes over lists: `for`, `some`, `every` and filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from engine.decisions import moments, syntax
from engine.decisions.compiler import Run, compile_node, compiles
from engine.decisions.domain import Range, Value
from engine.decisions.scope import Scope

_Domain = Callable[[Scope], list[Value] | range | None]


class _Undefined(Exception):
    """One of the domains is nothing that can be gone over."""


def _span(first: Value, last: Value) -> Value:
    """The whole numbers, or days, from first to last, upwards or downwards."""
    if moments.is_date(first) and moments.is_date(last):
        numbers = _whole_numbers(moments.day_number(first), moments.day_number(last))
        return _Days(numbers)
    if not all(isinstance(end, Decimal) and end == end.to_integral_value() for end in (first, last)):
        return None
    return _whole_numbers(int(first), int(last))


def _whole_numbers(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


class _Days:
    """Days of the calendar, made one at a time."""

    def __init__(self, numbers: range) -> None:
        self._numbers = numbers

    def __iter__(self) -> Iterator[Value]:
        return map(moments.day_from_number, self._numbers)


def items_of(value: Value) -> Value:
    """What a value is gone over as: a list, a range of whole numbers or days, or itself alone."""
    if isinstance(value, Range):
        return _items_of_range(value)
    return [value] if value is not None and not isinstance(value, list) else value


def _items_of_range(span: Range) -> Value:
    items = _span(span.start, span.end)
    if items is None:
        return None
    left_out = ([] if span.start_included else [span.start]) + ([] if span.end_included else [span.end])
    if not left_out:
        return items
    return (item for item in _values(items) if item not in left_out)


def _values(items: Value) -> Iterator[Value]:
    return map(Decimal, items) if isinstance(items, range) else iter(items)


def _domain(iteration: syntax.Iteration) -> _Domain:
    first = compile_node(iteration.first)
    if iteration.last is None:
        return lambda scope: items_of(first(scope))
    last = compile_node(iteration.last)
    return lambda scope: _span(first(scope), last(scope))


def iterate(domains: list[tuple[str, _Domain]], scope: Scope) -> Iterator[Scope]:
    """A scope for every combination of the variables; raises _Undefined where a domain is null."""
    if not domains:
        yield scope
        return
    (name, domain), *rest = domains
    items = domain(scope)
    if items is None:
        raise _Undefined
    for item in _values(items):
        scope.evaluation.spend()
        inner = Scope({name: item}, scope, scope.evaluation)
        if rest:
            yield from iterate(rest, inner)
        else:
            yield inner


@compiles(syntax.For)
def _for(node: syntax.For) -> Run:
    domains = [(iteration.name, _domain(iteration)) for iteration in node.iterations]
    body = compile_node(node.body)
    uses_partial = any(isinstance(part, syntax.Name) and part.name == "partial" for part in syntax.walk(node))
    return for_loop(domains, body, uses_partial=uses_partial)


def for_loop(domains: list[tuple[str, _Domain]], body: Run, *, uses_partial: bool) -> Run:
    """The list of what the body gives for every combination; `partial` is the list so far."""

    def run(scope: Scope) -> list[Value] | None:
        results: list[Value] = []
        if uses_partial:
            scope = Scope({"partial": results}, scope, scope.evaluation)
        try:
            for inner in iterate(domains, scope):
                value = body(inner)
                results.append(list(value) if value is results else value)
        except _Undefined:
            return None
        return results

    return run


@compiles(syntax.Quantified)
def _quantified(node: syntax.Quantified) -> Run:
    domains = [(iteration.name, _domain(iteration)) for iteration in node.iterations]
    return quantified(domains, compile_node(node.body), every=node.every)


def quantified(domains: list[tuple[str, _Domain]], body: Run, *, every: bool) -> Run:
    """`every` is decided by one false, `some` by one true; otherwise one null makes it null."""
    decided_by = not every

    def run(scope: Scope) -> Value:
        unclear = False
        try:
            for inner in iterate(domains, scope):
                held = body(inner)
                if held is decided_by:
                    return decided_by
                unclear = unclear or held is not every
        except _Undefined:
            return None
        return None if unclear else every

    return run


@compiles(syntax.Filter)
def _filter(node: syntax.Filter) -> Run:
    return filtered(compile_node(node.base), compile_node(node.test))


def filtered(base: Run, test: Run) -> Run:
    """`base[test]`: the item at a place where the test gives a number, else the items for which it holds."""

    def run(scope: Scope) -> Value:
        value = base(scope)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        if not items:
            return None if isinstance(test(_item_scope(None, scope)), Decimal) else []
        kept = []
        for item in items:
            scope.evaluation.spend()
            held = test(_item_scope(item, scope))
            if held is True:
                kept.append(item)
            elif isinstance(held, Decimal):
                return _at(items, held)
            elif held is not None and held is not False:
                return None
        return kept

    return run


def _item_scope(item: Value, scope: Scope) -> Scope:
    inner = Scope({"item": item}, scope, scope.evaluation)
    return Scope(item, inner, scope.evaluation) if type(item) is dict else inner


def _at(items: list[Value], place: Decimal) -> Value:
    """The item at a place counted from 1, or from the end where it is negative."""
    if place != place.to_integral_value() or not 1 <= abs(place) <= len(items):
        return None
    return items[int(place) - 1 if place > 0 else int(place)]
