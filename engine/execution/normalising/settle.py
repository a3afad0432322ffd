"""The last touch: `incoming` and `outgoing` say again what the flows say; generated ids lead to the author's."""

from __future__ import annotations

from engine.execution.normalising.diagram import (
    BEFORE_FLOWS,
    MARK,
    Element,
    author_id,
    executed_scopes,
    flows,
    id_of,
    kind,
    nodes,
    q,
)


def settle_flows(root: Element) -> None:
    """Write `incoming` and `outgoing` of every node anew, after the documentation and the extensions."""
    for scope in executed_scopes(root):
        arriving: dict[str, list[str]] = {}
        leaving: dict[str, list[str]] = {}
        for flow in flows(scope):
            leaving.setdefault(flow.get("sourceRef", ""), []).append(id_of(flow))
            arriving.setdefault(flow.get("targetRef", ""), []).append(id_of(flow))
        for node in nodes(scope):
            for old in [child for child in node if kind(child) in ("incoming", "outgoing")]:
                node.remove(old)
            _write(node, arriving.get(id_of(node), []), leaving.get(id_of(node), []))


def _write(node: Element, arriving: list[str], leaving: list[str]) -> None:
    place = sum(1 for child in node if kind(child) in BEFORE_FLOWS)
    for name, flow_id in [("incoming", one) for one in arriving] + [("outgoing", one) for one in leaving]:
        written = node.makeelement(q(name), {})
        written.text = flow_id
        node.insert(place, written)
        place += 1


def origins(root: Element) -> dict[str, str]:
    """Generated id -> author's id."""
    ids = [id_of(element) for element in root.iter() if kind(element)]
    return {one: author_id(one) for one in ids if MARK in one}
