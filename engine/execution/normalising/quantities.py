"""Token quantities: an activity that begins when several tokens have come gets a gate that gathers them."""

from __future__ import annotations

from engine.execution.normalising.diagram import (
    ACTIVITIES,
    Element,
    add,
    connect,
    executed_scopes,
    id_of,
    incoming,
    kind,
    nodes,
    part,
    redirect,
    take,
)


def gather_tokens(root: Element) -> None:
    """`startQuantity` moves to a gate before the activity; `completionQuantity` stays, the activity counts it itself.

    The gate is a complex gateway, the standard's gateway that fires on a number of tokens; authors cannot draw one.
    """
    for scope in executed_scopes(root):
        for node in nodes(scope):
            if kind(node) in ACTIVITIES and quantity(node, "startQuantity") > 1:
                _gather(scope, node)


def _gather(scope: Element, node: Element) -> None:
    gate = add(scope, "complexGateway", part(id_of(node), "gather"))
    gate.set("startQuantity", take(node, "startQuantity") or "1")
    redirect(incoming(scope, id_of(node)), target=id_of(gate))
    connect(scope, id_of(gate), id_of(node))


def quantity(node: Element, name: str) -> int:
    """How many tokens a node takes to begin, or gives when it completes; 1 where nothing is said."""
    return int(node.get(name, "1"))
