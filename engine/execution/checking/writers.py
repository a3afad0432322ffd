"""Script tasks that can run side by side and write one variable: the last one would silently win."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.decisions import feel
from engine.decisions.errors import DecisionError
from engine.execution.checking.expressions import assigned
from engine.execution.checking.graph import Graph, Node, graph_of
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.normalising.diagram import EMBEDDED, Element, executed_scopes, id_of, kind

Writes = dict[str, list[tuple[str, str]]]
"""Variable -> the script tasks that write it, each with its expression."""


def writer_findings(executed: Element) -> Iterator[Finding]:
    said: set[tuple[str, str, str]] = set()
    for scope in executed_scopes(executed):
        graph = graph_of(scope)
        for one, other in _side_by_side(graph):
            for name, first, second in _clashes(_writes(graph, one), _writes(graph, other)):
                if (name, first, second) not in said and (name, second, first) not in said:
                    said.add((name, first, second))
                    yield found("two_writers", first, other=second, name=name)


def _side_by_side(graph: Graph) -> Iterator[tuple[set[str], set[str]]]:
    """Pairs of sets of nodes: what only one branch of a parallel split comes to, and what only the other does."""
    for node in graph.nodes.values():
        branches = _branches(graph, node)
        reached = [graph.reachable([one], frozenset({node.id})) for one in branches]
        for one, other in combinations(reached, 2):
            yield one - other, other - one


def _branches(graph: Graph, node: Node) -> list[str]:
    """Where a node sends a token each, all at once."""
    if node.kind == "parallelGateway":
        return [graph.targets[flow] for flow in node.outgoing]
    alongside = [one for one in node.borders if graph.nodes[one].element.get("cancelActivity") == "false"]
    return [*(graph.targets[flow] for flow in node.outgoing), *alongside] if alongside else []


def _writes(graph: Graph, ids: set[str]) -> Writes:
    writes: Writes = {}
    for one in ids:
        node = graph.nodes[one].element
        inner = [node] if kind(node) not in EMBEDDED else list(node.iter())
        for task in (element for element in inner if kind(element) == "scriptTask"):
            for name, value in assigned(task):
                writes.setdefault(name, []).append((id_of(task), value))
    return writes


def _clashes(one: Writes, other: Writes) -> Iterator[tuple[str, str, str]]:
    for name in sorted(one.keys() & other.keys()):
        for first, value in one[name]:
            for second, also in other[name]:
                # both adding to the variable, or both writing the same, loses nothing: each step reads the one store
                if value != also and not (_reads(value, name) and _reads(also, name)):
                    yield name, min(first, second), max(first, second)


def _reads(value: str, name: str) -> bool:
    try:
        return any(path[0] == name for path in feel.parse(value, [name]).paths())
    except DecisionError:
        return False
