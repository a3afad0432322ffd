"""Follows the tokens of one scope through every choice, to find joins that never get all their tokens.

Conditions are not looked at: each choice may go each way. A join that does not fire even so, never fires; that is
the only case called a deadlock, so that a right diagram is never refused. A place where one choice leaves a token
waiting for ever is only worth a second look, since the conditions may forbid that choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from engine.execution.checking.graph import Graph, Node
from engine.execution.normalising.diagram import definitions, kind
from engine.execution.normalising.quantities import quantity

Marking = tuple[tuple[str, int], ...]
"""How many tokens lie on each flow, sorted; the mark `ended` stands among them after a terminate end event."""

LIMIT_MARKINGS = 4_000
LIMIT_TOKENS = 3
"""More tokens on one flow than this, or more markings, and nothing is said: rather miss a deadlock than invent one."""
SUBSETS_UP_TO = 4
"""Of inclusive gateways with more flows than this, only each flow alone and all together are tried."""
ENDED = "::ended"


class TooManyMarkings(Exception):
    """The scope is too large to be followed through every choice."""


@dataclass(slots=True)
class Exploration:
    """What the tokens of a scope did in any run: joins reached and fired, where two tokens met, and stuck joins."""

    reached: set[str] = field(default_factory=set)
    fired: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    stuck: set[str] = field(default_factory=set)


def explore(graph: Graph) -> Exploration:
    """Every marking the scope can come to; raises `TooManyMarkings` where that is too much."""
    found = Exploration()
    waiting = [_put({}, start.outgoing) for start in graph.starts()]
    seen: set[Marking] = set()
    while waiting:
        marking = waiting.pop()
        if marking in seen:
            continue
        seen.add(marking)
        if len(seen) > LIMIT_MARKINGS:
            raise TooManyMarkings(graph.scope)
        waiting.extend(_steps(graph, dict(marking), found))
    return found


def _steps(graph: Graph, marking: dict[str, int], found: Exploration) -> Iterator[Marking]:
    """The markings after the next node acts. One node at a time is enough: nodes do not compete for tokens."""
    node = _next_node(graph, marking, found)
    if node is None:
        if ENDED not in marking:
            found.stuck |= {graph.targets[flow] for flow in marking}
        return
    if gathers(node):
        found.fired.add(node.id)
    left = dict(marking)
    for flow in _taken(node, marking):
        left[flow] -= 1
    left = {flow: count for flow, count in left.items() if count}
    for outcome in outcomes(graph, node):
        yield _put(left, outcome)


def gathers(node: Node) -> bool:
    """Whether a node waits for more than the first token that comes."""
    return node.kind == "complexGateway" or (node.kind == "parallelGateway" and len(node.incoming) > 1)


def _taken(node: Node, marking: dict[str, int]) -> list[str]:
    """The flows from which a node that acts takes a token each; a flow stands there once for each token."""
    if node.kind == "parallelGateway" and gathers(node):
        return list(node.incoming)
    there = [flow for flow in node.incoming for _ in range(marking.get(flow, 0))]
    return there[: quantity(node.element, "startQuantity")]


def _next_node(graph: Graph, marking: dict[str, int], found: Exploration) -> Node | None:
    """The node that acts next: merging nodes last, so that tokens that can meet there do meet."""
    last: Node | None = None
    for flow in sorted(marking.keys() - {ENDED}):
        node = graph.nodes[graph.targets[flow]]
        if gathers(node):
            found.reached.add(node.id)
            if len(_taken(node, marking)) < _needed(node) or any(not marking.get(one) for one in _taken(node, marking)):
                continue
        if len(node.incoming) == 1:
            return node
        last = last or node
    if last is not None and _repeats(last) and sum(marking.get(flow, 0) for flow in last.incoming) > 1:
        found.doubled.add(last.id)
    return last


def _needed(node: Node) -> int:
    return len(node.incoming) if node.kind == "parallelGateway" else quantity(node.element, "startQuantity")


def _repeats(node: Node) -> bool:
    """Whether two tokens that meet here go on as two."""
    return node.kind not in ("parallelGateway", "inclusiveGateway", "endEvent")


def outcomes(graph: Graph, node: Node) -> Iterator[tuple[str, ...]]:
    """The sets of flows that can get a token when this node has acted."""
    if node.kind == "endEvent":
        terminates = any(kind(one) == "terminateEventDefinition" for one in definitions(node.element))
        yield (ENDED,) if terminates else ()
        return
    alongside: tuple[str, ...] = ()
    for border in (graph.nodes[one] for one in node.borders):
        if border.element.get("cancelActivity", "true") == "true":
            yield border.outgoing
        else:
            alongside += border.outgoing
    if node.kind in ("exclusiveGateway", "eventBasedGateway"):
        yield from ((flow,) for flow in node.outgoing)
    elif node.kind == "inclusiveGateway":
        yield from _subsets(node.outgoing)
    else:
        leaving = node.outgoing * quantity(node.element, "completionQuantity")
        yield leaving
        if alongside:
            yield leaving + alongside


def _subsets(flows: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    sizes = range(1, len(flows) + 1) if len(flows) <= SUBSETS_UP_TO else sorted({1, len(flows)})
    for size in sizes:
        yield from combinations(flows, size)


def _put(marking: dict[str, int], flows: tuple[str, ...]) -> Marking:
    after = dict(marking)
    for flow in flows:
        after[flow] = 1 if flow == ENDED else after.get(flow, 0) + 1
        if after[flow] > LIMIT_TOKENS:
            raise TooManyMarkings(flow)
    return tuple(sorted(after.items()))
