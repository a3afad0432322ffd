"""The nodes of the processes of a mechanism, those of embedded sub-processes too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.execution import Mechanism
from engine.execution.reading.definitions import Node, Scope


def nodes_of(mechanism: Mechanism) -> Mapping[tuple[str, str], Node]:
    """What the diagrams say of each element, by process and element."""
    return {
        (process, node.element.id): node
        for process in mechanism.processes
        for node in _of_scope(mechanism.specs[process].scope)
        if node.element is not None
    }


def _of_scope(scope: Scope) -> Iterator[Node]:
    yield from scope.nodes.values()
    for inner in scope.scopes.values():
        yield from _of_scope(inner)
