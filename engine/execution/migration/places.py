"""Where a node of the author's lies in a scope of the executed diagrams, wrappers of the normaliser included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.execution.reading.definitions import Node, Scope
from engine.execution.running.tokens import Token
from engine.execution.running.workflows import ScopeFlow


def way_to(scope: Scope, node_id: str) -> tuple[list[str], Node] | None:
    """The wrappers around the node, outermost first, and the node; None where this part of the process has none."""
    if node_id in scope.nodes:
        return [], scope.nodes[node_id]
    for inner in scope.scopes.values():
        if inner.is_generated and (found := way_to(inner, node_id)):
            return [inner.id, *found[0]], found[1]
    return None


def tokens_in_part(flow: ScopeFlow) -> Iterator[Token]:
    """The tokens of one part of the process as its author drew it: those in wrappers too, the wrappers' own not."""
    for token in flow.tokens():
        inner = flow.top_workflow.subprocesses.get(token.id)
        if inner is not None and inner.shares_store:
            yield from tokens_in_part(inner)
        else:
            yield token


def handled_in(scope: Scope) -> set[str]:
    """The events that stand on wrappers of one part of the process: the starts of its event sub-processes."""
    wrappers = [inner for inner in scope.scopes.values() if inner.is_generated]
    own = {event for inner in wrappers for event in scope.nodes[inner.id].boundary}
    return own.union(*(handled_in(inner) for inner in wrappers))


def arrivals(scope: Scope, begin: Iterable[str], gateway: str) -> set[str]:
    """The incoming flows of a gateway that tokens at some nodes can still take, none passing the gateway itself."""
    found: set[str] = set()
    seen = set(begin)
    ahead = list(seen)
    while ahead:
        node = scope.nodes[ahead.pop()]
        borders = (flow for event in node.boundary for flow in scope.nodes[event].outgoing)
        for flow in (*node.outgoing, *borders):
            if flow.target == gateway:
                found.add(flow.id)
            elif flow.target not in seen:
                seen.add(flow.target)
                ahead.append(flow.target)
    return found


def stranded(flow: ScopeFlow, entering: Iterable[str] = ()) -> set[str]:
    """Parallel joins of one scope that tokens can reach, but never on all of their ways."""
    scope = flow.scope
    standing = {token.node.id for token in flow.tokens()} | set(entering)
    found = set()
    for node in scope.nodes.values():
        if node.kind != "parallelGateway" or len(node.incoming) < 2:  # a join has two ways in
            continue
        waiting = {str(t.internal_data["flow"]) for t in flow.tokens() if t.node.id == node.id}
        coming = waiting | arrivals(scope, standing - {node.id}, node.id)
        if coming and coming != {one.id for one in node.incoming}:
            found.add(node.id)
    return found
