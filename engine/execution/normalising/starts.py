"""Where a scope begins: missing start and end events, receive tasks and event gateways that start the process."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from engine.execution.normalising.diagram import (
    Element,
    add,
    connect,
    definitions,
    executed_scopes,
    id_of,
    incoming,
    is_event_subprocess,
    kind,
    nodes,
    outgoing,
    part,
    q,
    take,
)


def flow_begins(scope: Element) -> list[Element]:
    """The nodes that no flow reaches and that nothing else starts: they get a token when the scope begins."""
    return [
        node
        for node in nodes(scope)
        if not incoming(scope, id_of(node))
        and kind(node) not in ("startEvent", "boundaryEvent")
        and not is_event_subprocess(node)
        and node.get("isForCompensation") != "true"
    ]


def explicit_starts(scope: Element) -> list[Element]:
    return [node for node in nodes(scope) if kind(node) == "startEvent"]


def explicit_ends(scope: Element) -> list[Element]:
    return [node for node in nodes(scope) if kind(node) == "endEvent"]


def instantiating(node: Element) -> bool:
    return kind(node) in ("receiveTask", "eventBasedGateway") and node.get("instantiate") in ("true", "1")


def start_by_receiving(root: Element) -> None:
    """A receive task or event gateway that starts its process becomes the start events it stands for."""
    for scope in executed_scopes(root):
        for node in nodes(scope):
            if instantiating(node) and not incoming(scope, id_of(node)):
                if kind(node) == "receiveTask":
                    _start_event(node)
                elif node.get("eventGatewayType", "Exclusive") == "Exclusive":
                    _first_of(scope, node)
                else:
                    _all_of(scope, node)


def _start_event(node: Element) -> None:
    """The catching event or receive task becomes a start event of the same id."""
    message = take(node, "messageRef")
    take(node, "instantiate")
    if kind(node) == "receiveTask" and message:
        add(node, "messageEventDefinition", part(id_of(node), "message"), messageRef=message)
    node.tag = q("startEvent")


def _targets(scope: Element, gateway: Element) -> list[Element]:
    wanted = {flow.get("targetRef") for flow in outgoing(scope, id_of(gateway))}
    return [node for node in nodes(scope) if id_of(node) in wanted]


def _take_out(scope: Element, gateway: Element) -> None:
    for flow in outgoing(scope, id_of(gateway)):
        scope.remove(flow)
    scope.remove(gateway)


def _first_of(scope: Element, gateway: Element) -> None:
    """Exclusive: whichever event happens first starts an instance, the others are not waited for."""
    targets = _targets(scope, gateway)
    _take_out(scope, gateway)
    for target in targets:
        _start_event(target)


def _all_of(scope: Element, gateway: Element) -> None:
    """Parallel: any of the events starts the instance, which then waits for all the others."""
    targets = _targets(scope, gateway)
    _take_out(scope, gateway)
    for first in targets:
        start = _event_like(scope, first, "startEvent", "start")
        split = add(scope, "parallelGateway", part(id_of(first), "started"))
        connect(scope, id_of(start), id_of(split))
        connect(scope, id_of(split), id_of(first))
        for other in targets:
            if other is not first:
                wait = _event_like(scope, other, "intermediateCatchEvent", f"after::{id_of(first)}")
                connect(scope, id_of(split), id_of(wait))
                connect(scope, id_of(wait), id_of(other))
    for target in targets:
        _make_plain(target)


def _event_like(scope: Element, node: Element, tag: str, name: str) -> Element:
    """A generated event that waits for what `node` waits for."""
    event = add(scope, tag, part(id_of(node), name))
    if kind(node) == "receiveTask":
        add(event, "messageEventDefinition", part(id_of(event), "message"), messageRef=node.get("messageRef", ""))
    for definition in definitions(node):
        copied = add(event, kind(definition), part(id_of(event), "definition"))
        copied.attrib.update({k: v for k, v in definition.attrib.items() if k != "id"})
        for child in definition:
            copied.append(copy.deepcopy(child))
    return event


def _make_plain(node: Element) -> None:
    """The author's node only marks that its event has come."""
    for definition in definitions(node):
        node.remove(definition)
    for name in ("messageRef", "instantiate"):
        take(node, name)
    node.tag = q("intermediateThrowEvent")


def begin_and_end(root: Element) -> None:
    """Every scope gets a start event, and an end event after every node from which no flow leaves."""
    for scope in executed_scopes(root):
        if not explicit_starts(scope):
            write_begin(scope, flow_begins(scope))
        for node in nodes(scope):
            if kind(node) != "endEvent" and not is_event_subprocess(node) and not outgoing(scope, id_of(node)):
                connect(scope, id_of(node), id_of(add(scope, "endEvent", part(id_of(node), "end"))))


def write_begin(scope: Element, begins: Iterable[Element]) -> None:
    """A start event that gives a token to each of some nodes."""
    start = add(scope, "startEvent", part(id_of(scope), "start"))
    for node in begins:
        connect(scope, id_of(start), id_of(node))
