"""Events with several definitions, and signal end events: one event a definition, the author's where they meet."""

from __future__ import annotations

from engine.execution.normalising.diagram import (
    Element,
    add,
    connect,
    definitions,
    executed_scopes,
    id_of,
    incoming,
    kind,
    nodes,
    own_attributes,
    part,
    q,
    redirect,
    take,
    triggers,
)
from engine.execution.normalising.parallel_events import gather_at_border, gather_at_start

WAITING_OR_THROWING = frozenset({"startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
ENDINGS = ("terminate", "error", "cancel")
"""What ends more than the token that arrives: thrown last."""


def one_definition_each(root: Element) -> None:
    """No event keeps more than one definition, and no end event throws a signal (SpiffWorkflow drops it)."""
    for scope in executed_scopes(root):
        for event in nodes(scope):
            if kind(event) == "endEvent":
                _end(scope, event)
            elif kind(event) in WAITING_OR_THROWING and len(definitions(event)) > 1:
                _several_definitions(root, scope, event)


def _several_definitions(root: Element, scope: Element, event: Element) -> None:
    every = take(event, "parallelMultiple") in ("true", "1")
    if every and kind(event) == "boundaryEvent":
        gather_at_border(root, scope, event)
    elif every and kind(event) == "startEvent":
        gather_at_start(scope, event)
    elif kind(event) == "intermediateCatchEvent":
        _catch(scope, event, every=every)
    else:
        REWRITINGS[kind(event)](scope, event)


def _split_off(scope: Element, event: Element, definition: Element, name: str, tag: str, **attributes: str) -> Element:
    """A generated event that holds one definition of an author's event."""
    alone = add(scope, tag, part(id_of(event), name), **attributes)
    for attribute, value in own_attributes(event).items():
        alone.set(attribute, value)
    alone.append(definition)
    return alone


def _end(scope: Element, event: Element) -> None:
    if triggers(event) == ["signal"]:
        event.tag = q("intermediateThrowEvent")
        connect(scope, id_of(event), id_of(add(scope, "endEvent", part(id_of(event), "end"))))
    elif len(definitions(event)) > 1:
        _chain(scope, event)


def _throw(scope: Element, event: Element) -> None:
    _chain(scope, event)


def _chain(scope: Element, event: Element) -> None:
    """All are thrown one after the other; the author's event throws the last, so it completes when all are out."""
    ordered = sorted(definitions(event), key=lambda d: kind(d).removesuffix("EventDefinition") in ENDINGS)
    arriving = incoming(scope, id_of(event))
    last = ordered.pop()
    if kind(event) == "endEvent" and kind(last) == "signalEventDefinition":
        ordered.append(last)
    following = event
    for number in range(len(ordered), 0, -1):
        throw = _split_off(scope, event, ordered[number - 1], f"throw_{number}", "intermediateThrowEvent")
        connect(scope, id_of(throw), id_of(following))
        following = throw
    redirect(arriving, target=id_of(following))


def _catch(scope: Element, event: Element, *, every: bool) -> None:
    """Any of the definitions (or, where the event is parallel, all of them) lets the token pass."""
    arriving = incoming(scope, id_of(event))
    gates = [node for node in nodes(scope) if id_of(node) in {flow.get("sourceRef") for flow in arriving}]
    choosing = bool(gates) and all(kind(gate) == "eventBasedGateway" for gate in gates) and not every
    caught = [
        _split_off(scope, event, definition, f"catch_{number}", "intermediateCatchEvent")
        for number, definition in enumerate(definitions(event), 1)
    ]
    event.tag = q("intermediateThrowEvent")
    if choosing:
        for flow in arriving:
            scope.remove(flow)
        openers = [id_of(gate) for gate in gates]
    else:
        opener = add(scope, "parallelGateway" if every else "eventBasedGateway", part(id_of(event), "open"))
        redirect(arriving, target=id_of(opener))
        openers = [id_of(opener)]
    meeting = id_of(add(scope, "parallelGateway", part(id_of(event), "all"))) if every else id_of(event)
    if every:
        connect(scope, meeting, id_of(event))
    for catch in caught:
        for opener_id in openers:
            connect(scope, opener_id, id_of(catch))
        connect(scope, id_of(catch), meeting)


def _boundary(scope: Element, event: Element) -> None:
    """Each definition gets its own boundary event on the same activity."""
    attributes = {name: take(event, name) or "" for name in ("attachedToRef", "cancelActivity") if name in event.attrib}
    _several(scope, event, "boundaryEvent", attributes)


def _start(scope: Element, event: Element) -> None:
    """Each definition gets its own start event; whichever happens first starts the process."""
    _several(scope, event, "startEvent", {})


def _several(scope: Element, event: Element, tag: str, attributes: dict[str, str]) -> None:
    for number, definition in enumerate(definitions(event), 1):
        alone = _split_off(scope, event, definition, f"catch_{number}", tag, **attributes)
        connect(scope, id_of(alone), id_of(event))
    event.tag = q("intermediateThrowEvent")
    take(event, "isInterrupting")


REWRITINGS = {
    "intermediateThrowEvent": _throw,
    "boundaryEvent": _boundary,
    "startEvent": _start,
}
