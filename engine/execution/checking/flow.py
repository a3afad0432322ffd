"""Where the tokens of an executed diagram go: unreachable steps, circles without a way out, joins that never fire."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.execution.checking.graph import CHOICES, Graph, Node, graph_of, may_wait
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.checking.tokens import TooManyMarkings, explore
from engine.execution.normalising.diagram import (
    Element,
    author_id,
    definitions,
    executed_scopes,
    id_of,
    is_event_subprocess,
    kind,
    nodes,
    part,
)

ENDS_ALL = frozenset({"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition"})
"""End events that stop the other tokens of their scope."""


def flow_findings(executed: Element, stopped: Collection[str] = ()) -> Iterator[Finding]:
    """The findings of every scope of a normalised diagram, at the author's elements.

    `stopped`: processes whose caller can stop them, which therefore need no end of their own.
    """
    for scope in executed_scopes(executed):
        graph = graph_of(scope)
        yield from _paths(graph, is_stopped_otherwise=_is_stopped_otherwise(scope, graph, stopped))
        yield from _circles(graph)
        yield from _joins(graph)


def _paths(graph: Graph, *, is_stopped_otherwise: bool) -> Iterator[Finding]:
    reached = graph.reachable(node.id for node in graph.starts())
    for one in _authors(graph, graph.nodes.keys() - reached):
        yield found("unreachable", one)
    if is_stopped_otherwise:
        return
    ending = graph.leading_to(node.id for node in graph.nodes.values() if node.kind == "endEvent")
    for one in _authors(graph, _in_circles(graph, reached - ending))[:1]:
        yield found("no_way_to_end", one)


def _is_stopped_otherwise(scope: Element, graph: Graph, stopped: Collection[str]) -> bool:
    """Whether a circle without a way out can still be left: by an end that stops all, or an event on a border."""
    ends = [node.element for node in graph.nodes.values() if node.kind == "endEvent"]
    if any(kind(one) in ENDS_ALL for end in ends for one in definitions(end)):
        return True
    around = [scope, *scope.iterancestors()]
    return any(id_of(one) in stopped or has_stopping_border(one) for one in around)


def has_stopping_border(activity: Element) -> bool:
    """Whether an event on its border can stop an activity."""
    outside = activity.getparent()
    return any(
        event.get("attachedToRef") == id_of(activity) and event.get("cancelActivity", "true") == "true"
        for event in ([] if outside is None else nodes(outside))
    )


def _authors(graph: Graph, ids: Collection[str]) -> list[str]:
    """The author's elements behind some nodes, in the order they are drawn."""
    return list(dict.fromkeys(author_id(one) for one in graph.nodes if one in ids))


def _circles(graph: Graph) -> Iterator[Finding]:
    """Circles of nodes at which no token ever rests."""
    restless = {node.id for node in graph.nodes.values() if not may_wait(node)}
    forced = restless_nodes(graph)
    endless = _in_circles(graph, forced)
    for one in _authors(graph, endless)[:1]:
        yield found("endless_circle", one)
    for one in _authors(graph, _in_circles(graph, restless) - endless)[:1]:
        if not endless:
            yield found("circle_without_waiting", one)


def restless_nodes(graph: Graph) -> set[str]:
    """Nodes that a token passes at once and in any case: nothing waits there, nothing is chosen."""
    return {
        node.id for node in graph.nodes.values() if not may_wait(node) and not _chooses(node) and not _joins_paths(node)
    }


def _chooses(node: Node) -> bool:
    return (node.kind in CHOICES and len(node.outgoing) > 1) or bool(node.borders)


def _joins_paths(node: Node) -> bool:
    return node.kind in ("parallelGateway", "inclusiveGateway") and len(node.incoming) > 1


def _in_circles(graph: Graph, allowed: set[str]) -> set[str]:
    """The nodes that lie on a circle of allowed nodes."""
    barred = frozenset(graph.nodes.keys() - allowed)
    circles = set()
    for one in allowed:
        steps = [step for step in graph.next(graph.nodes[one]) if step in allowed]
        if one in graph.reachable(steps, barred):
            circles.add(one)
    return circles


def _joins(graph: Graph) -> Iterator[Finding]:
    try:
        explored = explore(graph)
    except TooManyMarkings:
        return
    for one in sorted(explored.reached - explored.fired):
        yield found("deadlock", author_id(one))
    for one in sorted(explored.stuck & explored.fired):
        yield found("may_wait_for_ever", author_id(one))
    for one in sorted(explored.doubled):
        # several definitions of one event meet in that event: each is meant to count
        if any(author_id(flow) != author_id(one) for flow in graph.nodes[one].incoming):
            yield found("doubled", author_id(one))


def paths_without_end(author: Element, executed: Element) -> Iterator[Finding]:
    """Author's nodes from which no arrow leaves, in scopes where other paths have an end event."""
    generated = {id_of(node) for scope in executed_scopes(executed) for node in nodes(scope)}
    for scope in executed_scopes(author):
        if any(node.tag.endswith("}endEvent") for node in nodes(scope) if isinstance(node.tag, str)):
            for node in nodes(scope):
                if part(id_of(node), "end") in generated and not is_event_subprocess(node):
                    yield found("path_without_end", id_of(node))
