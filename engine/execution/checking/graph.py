"""One scope of an executed diagram as a graph: which node a token goes to next, and which nodes make it wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.execution.normalising.diagram import EMBEDDED, Element, flows, id_of, kind, nodes

CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway"})
WAITING = frozenset({"userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"})


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node with the ids of its flows; `borders` are the boundary events on it."""

    id: str
    kind: str
    element: Element
    incoming: tuple[str, ...]
    outgoing: tuple[str, ...]
    borders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes of one scope and, for every flow, where it leads."""

    scope: str
    nodes: dict[str, Node]
    targets: dict[str, str] = field(default_factory=dict)

    def starts(self) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind == "startEvent"]

    def next(self, node: Node) -> list[str]:
        """The nodes a token can be on after this one, by its flows or by an event on its border."""
        return [self.targets[flow] for flow in node.outgoing] + list(node.borders)

    def reachable(self, begin: Iterable[str], without: frozenset[str] = frozenset()) -> set[str]:
        """The nodes that can be reached from some nodes, those included, never passing through `without`."""
        seen: set[str] = set()
        waiting = [one for one in begin if one not in without]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(step for step in self.next(self.nodes[one]) if step not in without)
        return seen

    def leading_to(self, aims: Iterable[str]) -> set[str]:
        """The nodes from which one of some nodes can be reached."""
        before: dict[str, list[str]] = {}
        for node in self.nodes.values():
            for step in self.next(node):
                before.setdefault(step, []).append(node.id)
        seen: set[str] = set()
        waiting = list(aims)
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                waiting.extend(before.get(one, []))
        return seen


def graph_of(scope: Element) -> Graph:
    """The graph of one scope; flows that lead nowhere are left out (they are refused elsewhere)."""
    here = {id_of(node) for node in nodes(scope)}
    arrows = [flow for flow in flows(scope) if flow.get("sourceRef") in here and flow.get("targetRef") in here]
    borders: dict[str, list[str]] = {}
    for event in nodes(scope):
        if kind(event) == "boundaryEvent":
            borders.setdefault(event.get("attachedToRef", ""), []).append(id_of(event))
    built = {
        id_of(node): Node(
            id_of(node),
            kind(node),
            node,
            tuple(id_of(flow) for flow in arrows if flow.get("targetRef") == id_of(node)),
            tuple(id_of(flow) for flow in arrows if flow.get("sourceRef") == id_of(node)),
            tuple(borders.get(id_of(node), ())),
        )
        for node in nodes(scope)
    }
    return Graph(id_of(scope), built, {id_of(flow): flow.get("targetRef", "") for flow in arrows})


def may_wait(node: Node) -> bool:
    """Whether a token can rest here until somebody acts or time passes. A called process may wait somewhere."""
    if node.kind == "startEvent":
        return bool([child for child in node.element if kind(child).endswith("EventDefinition")])
    if node.kind in EMBEDDED:
        return any(may_wait(one) for one in graph_of(node.element).nodes.values())
    return node.kind in WAITING or node.kind == "callActivity"
