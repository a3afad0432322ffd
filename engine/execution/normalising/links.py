"""Link events are arrows drawn in two pieces: each pair becomes a flow, the events stay as plain events on the way."""

from __future__ import annotations

from engine.execution.normalising.diagram import (
    Element,
    connect,
    executed_scopes,
    id_of,
    kind,
    nodes,
    q,
    triggers,
)


def link_name(event: Element) -> str:
    """The name by which a throwing link finds its catching one."""
    definition = event.find(q("linkEventDefinition"))
    return "" if definition is None else (definition.get("name") or event.get("name") or "")


def links(scope: Element, name: str) -> list[Element]:
    """The link events of one kind (`intermediateThrowEvent` or `intermediateCatchEvent`) directly in a scope."""
    return [node for node in nodes(scope) if kind(node) == name and triggers(node) == ["link"]]


def join_links(root: Element) -> None:
    for scope in executed_scopes(root):
        catches = {link_name(event): event for event in links(scope, "intermediateCatchEvent")}
        throws = [(event, link_name(event)) for event in links(scope, "intermediateThrowEvent")]
        for throw, name in throws:
            if name in catches:
                connect(scope, id_of(throw), id_of(catches[name]))
        for event in [throw for throw, _ in throws] + list(catches.values()):
            _make_plain(event)


def _make_plain(event: Element) -> None:
    event.tag = q("intermediateThrowEvent")
    for definition in event.findall(q("linkEventDefinition")):
        event.remove(definition)
