"""Which flows of a gateway somebody can take of whom something is given; what is not given can be anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import product

from engine.decisions import feel, syntax
from engine.decisions.domain import Value
from engine.decisions.errors import DecisionError
from engine.decisions.feel import UnaryTests
from engine.decisions.samples import OTHER_TEXT, marks_of
from engine.execution.checking.graph import Node
from engine.execution.safeguarding.ground import Scope
from engine.execution.safeguarding.kinds import Tests

Path = tuple[str, ...]
Known = Mapping[Path, Value]
ANYTHING: frozenset[bool | None] = frozenset({True, False, None})
LARGEST_PRODUCT = 5_000


def possible_flows(scope: Scope, node: Node, given: Tests) -> tuple[str, ...]:
    """The flows out of a node that can be taken; all of them where nothing that is given decides it."""
    conditions = {flow: _parsed(scope.conditions[flow]) for flow in node.outgoing if flow in scope.conditions}
    if not given or node.kind not in ("exclusiveGateway", "inclusiveGateway") or not conditions:
        return node.outgoing
    if any(one is None for one in conditions.values()):
        return node.outgoing
    read = {flow: one for flow, one in conditions.items() if one is not None}
    taken: set[str] = set()
    for known in knowns(given, read.values()):
        taken |= set(_taken(node, read, known))
    return tuple(flow for flow in node.outgoing if flow in taken)


def knowns(given: Tests, expressions: Iterable[feel.Expression]) -> Iterator[Known]:
    """Every combination of sample values of what is given and read here."""
    written = list(expressions)
    read = {path for one in written for path in one.paths()}
    used = {path: test for name, test in given.items() if _is_read(path := tuple(name.split(".")), read)}
    values = [_samples(test, written) for test in used.values()]
    for place, combination in enumerate(product(*values)):
        if place > LARGEST_PRODUCT:
            yield {}
            return
        yield dict(zip(used, combination, strict=True))


def outcomes(expression: feel.Expression, known: Known) -> frozenset[Value] | None:
    """What the expression can give; None where that depends on more than is known."""
    if not all(_is_known(path, known) for path in expression.paths()):
        return None
    try:
        return frozenset({expression.evaluate(_nested(known))})
    except (DecisionError, TypeError):  # no value, or one that no test asks for, such as a list
        return None


def _taken(node: Node, conditions: Mapping[str, feel.Expression], known: Known) -> Iterator[str]:
    """Of an exclusive gateway the first true flow, else the default; of an inclusive one every true flow."""
    certain = False
    for flow, expression in conditions.items():
        truths = _truths(expression.node, known)
        if True in truths and not (certain and node.kind == "exclusiveGateway"):
            yield flow
        certain = certain or truths == {True}
    if not certain:
        yield from (flow for flow in node.outgoing if flow not in conditions)


def _truths(node: syntax.Node, known: Known) -> frozenset[bool | None]:
    """What a condition can be, told of its parts; a part that reads anything that is not known can be anything."""
    if isinstance(node, syntax.Conjunction):
        return _both(_truths(node.left, known), _truths(node.right, known), False)
    if isinstance(node, syntax.Disjunction):
        return _both(_truths(node.left, known), _truths(node.right, known), True)
    if isinstance(node, syntax.Call) and node.callee == syntax.Name("not") and len(node.arguments) == 1:
        return frozenset(None if one is None else not one for one in _truths(node.arguments[0], known))
    found = outcomes(feel.Expression("", node), known)
    return ANYTHING if found is None else frozenset(one if isinstance(one, bool) else None for one in found)


def _both(left: frozenset[bool | None], right: frozenset[bool | None], decisive: bool) -> frozenset[bool | None]:
    """`and` is false where one side is, `or` true; else null where one side is null (DMN 1.5, table 50)."""
    pairs = [{one, other} for one in left for other in right]
    return frozenset(decisive if decisive in pair else None if None in pair else not decisive for pair in pairs)


def _samples(test: UnaryTests, expressions: list[feel.Expression]) -> list[Value]:
    """Values that stand for all that the test lets through."""
    literals = [part.value for one in expressions for part in syntax.walk(one.node) if isinstance(part, syntax.Literal)]
    marks = [*marks_of(test), *literals, OTHER_TEXT, None, True, False]
    plain = [one for one in marks if one is None or isinstance(one, str | bool | Decimal)]
    distinct = {(type(one), one): one for one in plain}
    return [one for one in distinct.values() if test.evaluate(one, {}) is True]


def _is_read(path: Path, read: set[Path]) -> bool:
    return any(one[: len(path)] == path or path[: len(one)] == one for one in read)


def _is_known(path: Path, known: Known) -> bool:
    """Given itself, inside of what is given as absent, or around something that is given."""
    if any(one[: len(path)] == path for one in known):
        return True
    return any(path[: len(one)] == one and known[one] is None for one in known)


def _nested(known: Known) -> dict[str, object]:
    root: dict[str, object] = {}
    for path, value in sorted(known.items(), key=lambda one: len(one[0])):
        inner = root
        for name in path[:-1]:
            step = inner.get(name)
            inner[name] = inner = step if isinstance(step, dict) else {}
        inner[path[-1]] = value
    return root


@lru_cache(maxsize=2_000)
def _parsed(text: str) -> feel.Expression | None:
    try:
        return feel.parse(text.removeprefix("=").strip())
    except DecisionError:
        return None
