"""Whether each event is of a kind that can stand where it stands, and names what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from engine.execution.checking.rules.rule import Finding, found
from engine.execution.normalising.diagram import (
    ACTIVITIES,
    EVENTS,
    Element,
    definitions,
    executed_scopes,
    id_of,
    incoming,
    is_event_subprocess,
    kind,
    nodes,
    outgoing,
    q,
    triggers,
)
from engine.execution.normalising.links import link_name, links
from engine.text import Text

ALLOWED: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"message", "timer", "signal", "conditional"}),
    "event sub-process": frozenset({"message", "timer", "signal", "conditional", "error", "escalation"}),
    "intermediateCatchEvent": frozenset({"message", "timer", "signal", "conditional", "link"}),
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "link"}),
    "boundaryEvent": frozenset({"message", "timer", "signal", "conditional", "error", "escalation", "cancel"}),
    "endEvent": frozenset({"message", "signal", "error", "escalation", "cancel", "terminate"}),
}
"""Which definitions each kind of event may hold (BPMN 2.0.2, table 10.93), without compensation."""
WAITS = frozenset({"intermediateCatchEvent", "boundaryEvent"})
NAMED = {
    "message": Text("message", "الرسالة"),
    "signal": Text("signal", "الإشارة"),
    "error": Text("error", "الخطأ"),
    "escalation": Text("escalation", "التصعيد"),
    "event definition": Text("event definition", "تعريف الحدث"),
}
CATCH_ALL = frozenset({"error", "escalation"})
"""A catching event of these kinds that names none catches all of its kind."""


def event_findings(root: Element) -> Iterator[Finding]:
    for scope in executed_scopes(root):
        for event in nodes(scope):
            if kind(event) in EVENTS:
                yield from _event(root, scope, event)
            elif kind(event) in ("sendTask", "receiveTask"):
                yield from _reference(root, event, event, "message")
            elif kind(event) == "eventBasedGateway":
                yield from _event_gateway(scope, event)
        yield from _links(scope)


def _event(root: Element, scope: Element, event: Element) -> Iterator[Finding]:
    for reference in event.findall(q("eventDefinitionRef")):
        yield found(
            "reference_unknown", id_of(event), kind=NAMED["event definition"], id=(reference.text or "").strip()
        )
    place = "event sub-process" if kind(event) == "startEvent" and is_event_subprocess(scope) else kind(event)
    for definition in definitions(event):
        yield from _definition(root, event, place, definition)
    if kind(event) in WAITS and not definitions(event) and event.find(q("eventDefinitionRef")) is None:
        yield found("trigger_missing", id_of(event))
    if len(definitions(event)) > 1:
        yield from _several(event)
    if kind(event) == "boundaryEvent":
        yield from _boundary(scope, event)
    if place == "event sub-process" and event.get("isInterrupting") == "false" and "error" in triggers(event):
        yield found("always_interrupts", id_of(event), trigger="error")
    if kind(event) == "endEvent" and "cancel" in triggers(event) and kind(scope) != "transaction":
        yield found("cancel_without_transaction", id_of(event))


def _definition(root: Element, event: Element, place: str, definition: Element) -> Iterator[Finding]:
    trigger = kind(definition).removesuffix("EventDefinition")
    if trigger == "compensate":
        yield found("compensation", id_of(event))
    elif trigger not in ALLOWED[place]:
        yield found("trigger_not_here", id_of(event), kind=place, trigger=trigger)
    elif trigger in ("message", "signal", "error", "escalation"):
        yield from _reference(root, event, definition, trigger)
    elif trigger == "timer":
        texts = [child for child in definition if kind(child) in ("timeDuration", "timeDate", "timeCycle")]
        if len(texts) != 1 or not (texts[0].text or "").strip():
            yield found("timer_text_missing", id_of(event), count=len(texts))
    elif trigger == "conditional" and not (definition.findtext(q("condition")) or "").strip():
        yield found("condition_event_empty", id_of(event))


def _reference(root: Element, event: Element, holder: Element, trigger: str) -> Iterator[Finding]:
    """What an event throws or waits for must be there and, for messages and signals, have a name to be known by."""
    reference = holder.get(f"{trigger}Ref")
    if not reference:
        if trigger not in CATCH_ALL or kind(event) in ("endEvent", "intermediateThrowEvent"):
            yield found("reference_missing", id_of(event), kind=NAMED[trigger])
        return
    meant = [child for child in root.findall(q(trigger)) if id_of(child) == reference]
    if not meant:
        yield found("reference_unknown", id_of(event), kind=NAMED[trigger], id=reference)
    elif trigger in ("message", "signal") and not meant[0].get("name"):
        yield found("reference_nameless", id_of(event), kind=NAMED[trigger], id=reference)


def _several(event: Element) -> Iterator[Finding]:
    if "link" in triggers(event):
        yield found("trigger_not_here", id_of(event), kind=kind(event), trigger="link")


def _boundary(scope: Element, event: Element) -> Iterator[Finding]:
    attached = event.get("attachedToRef", "")
    host = next((node for node in nodes(scope) if id_of(node) == attached), None)
    if host is None or kind(host) not in ACTIVITIES:
        yield found("attached_wrongly", id_of(event), target=attached or "?")
        return
    for trigger in ("error", "cancel"):
        if trigger in triggers(event) and event.get("cancelActivity") in ("false", "0"):
            yield found("always_interrupts", id_of(event), trigger=trigger)
    if "cancel" in triggers(event) and kind(host) != "transaction":
        yield found("cancel_without_transaction", id_of(event))


def _event_gateway(scope: Element, gateway: Element) -> Iterator[Finding]:
    by_id = {id_of(node): node for node in nodes(scope)}
    leaving = outgoing(scope, id_of(gateway))
    if not leaving:
        yield found("event_gateway_target", id_of(gateway), target="-")
    borders = {node.get("attachedToRef") for node in nodes(scope)}
    for flow in leaving:
        target = flow.get("targetRef", "")
        node = by_id.get(target)
        if node is None:
            continue
        waits = kind(node) in ("intermediateCatchEvent", "receiveTask") and triggers(node) != ["link"]
        several = node.get("parallelMultiple") in ("true", "1") and len(definitions(node)) > 1
        if not waits or several or target in borders or len(incoming(scope, target)) > 1:
            yield found("event_gateway_target", id_of(gateway), target=target)


def _links(scope: Element) -> Iterator[Finding]:
    throws, catches = links(scope, "intermediateThrowEvent"), links(scope, "intermediateCatchEvent")
    thrown, caught = [link_name(event) for event in throws], [link_name(event) for event in catches]
    for event in throws:
        if link_name(event) not in caught:
            yield found("link_without_partner", id_of(event), name=link_name(event))
    for event in catches:
        if link_name(event) not in thrown:
            yield found("link_without_partner", id_of(event), name=link_name(event))
        if caught.count(link_name(event)) > 1:
            yield found("link_twice", id_of(event), name=link_name(event), count=caught.count(link_name(event)))
