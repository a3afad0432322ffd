"""What events throw or wait for: messages, signals, errors, escalations, timers, conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.execution.reading.definitions import NOTHING, Mappings, Timing, Trigger
from engine.execution.reading.words import child_text, children, text_of
from engine.execution.xml import Element, bpmn, ihala, local_name

TIMES = ("timeDuration", "timeDate", "timeCycle")


@dataclass(frozen=True, slots=True)
class Declared:
    """The messages, signals, errors and escalations a file declares, by id, and how messages are correlated."""

    elements: Mapping[str, Element]
    properties: Mapping[str, Mappings] = field(default_factory=dict)

    bindings: Mapping[str, Mappings] = field(default_factory=dict)
    """By process: correlation property -> the FEEL of its variables that a message must match."""

    def name(self, reference: str) -> str:
        """The name of what is referred to, or the reference itself where nothing of the kind is declared."""
        found = self.elements.get(reference)
        return reference if found is None else (found.get("name") or reference)

    def code(self, reference: str, attribute: str) -> str:
        found = self.elements.get(reference)
        return reference if found is None else (found.get(attribute) or found.get("name") or reference)

    def takes_all(self, reference: str) -> bool:
        """Whether a catch of this error or escalation takes every code: the author gave none."""
        found = self.elements.get(reference)
        return found is None if not reference else found is not None and found.get(ihala("coded")) == "false"


def declared(root: Element) -> Declared:
    elements = {
        child.get("id") or "": child
        for child in root
        if local_name(child) in ("message", "signal", "error", "escalation")
    }
    properties: dict[str, Mappings] = {}
    for prop in root.iter(bpmn("correlationProperty")):
        name = prop.get("name") or prop.get("id") or ""
        for retrieval in prop.iter(bpmn("correlationPropertyRetrievalExpression")):
            message = retrieval.get("messageRef") or ""
            properties[message] = (*properties.get(message, ()), (name, text_of(retrieval)))
    bindings = {process.get("id") or "": _bindings(process, root) for process in root.iter(bpmn("process"))}
    return Declared(elements, properties, bindings)


def _bindings(process: Element, root: Element) -> Mappings:
    names = {one.get("id"): one.get("name") or one.get("id") or "" for one in root.iter(bpmn("correlationProperty"))}
    found = process.iter(bpmn("correlationPropertyBinding"))
    pairs = [((one.get("correlationPropertyRef") or "").split(":")[-1], text_of(one)) for one in found]
    return tuple((names.get(reference, reference), text) for reference, text in pairs if text)


def trigger_of(node: Element, known: Declared) -> Trigger:
    """The trigger of an event, send task or receive task; the normaliser leaves at most one definition."""
    if local_name(node) in ("sendTask", "receiveTask"):
        return _message(node, node, known)
    for child in node:
        kind = local_name(child).removesuffix("EventDefinition")
        if kind != local_name(child):
            return _READERS.get(kind, _plain)(child, node, known)
    return NOTHING


def _plain(definition: Element, node: Element, known: Declared) -> Trigger:
    return Trigger(local_name(definition).removesuffix("EventDefinition"))


def _message(definition: Element, node: Element, known: Declared) -> Trigger:
    reference = definition.get("messageRef") or ""
    return Trigger(
        "message",
        name=known.name(reference) if reference else (node.get("name") or node.get("id") or ""),
        correlation=definition.get(ihala("correlation")) or node.get(ihala("correlation")) or "",
        reach=definition.get(ihala("reach")) or node.get(ihala("reach")) or "case",
        properties=known.properties.get(reference, ()),
        bindings=known.bindings.get(next((p.get("id") or "" for p in node.iterancestors(bpmn("process"))), ""), ()),
    )


def _signal(definition: Element, node: Element, known: Declared) -> Trigger:
    reference = definition.get("signalRef") or ""
    name = known.name(reference) if reference else (node.get("name") or node.get("id") or "")
    return Trigger("signal", name=name, reach=definition.get(ihala("reach")) or node.get(ihala("reach")) or "case")


def _error(definition: Element, node: Element, known: Declared) -> Trigger:
    reference = definition.get("errorRef") or ""
    code = known.code(reference, "errorCode")
    return Trigger("error", known.name(reference), code, takes_all=known.takes_all(reference))


def _escalation(definition: Element, node: Element, known: Declared) -> Trigger:
    reference = definition.get("escalationRef") or ""
    code = known.code(reference, "escalationCode")
    return Trigger("escalation", known.name(reference), code, takes_all=known.takes_all(reference))


def _condition(definition: Element, node: Element, known: Declared) -> Trigger:
    return Trigger("conditional", condition=child_text(definition, "condition"))


def _timer(definition: Element, node: Element, known: Declared) -> Trigger:
    found = children(definition, *TIMES)
    form = local_name(found[0]) if found else "timeDuration"
    working = (definition.get(ihala("calendar")) or node.get(ihala("calendar"))) == "working"
    return Trigger("timer", timing=Timing(form, text_of(found[0]) if found else "", working))


_READERS = {
    "message": _message,
    "signal": _signal,
    "error": _error,
    "escalation": _escalation,
    "conditional": _condition,
    "timer": _timer,
}
