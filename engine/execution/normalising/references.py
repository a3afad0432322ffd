"""Names made plain: references without prefixes, ids for flows, codes for errors, no id SpiffWorkflow keeps."""

from __future__ import annotations

import copy

from lxml import etree

from engine.execution.normalising.diagram import (
    ITSELF,
    Element,
    definitions,
    executed_scopes,
    flows,
    id_of,
    is_executable,
    kind,
    nodes,
    outgoing,
    part,
    processes,
    q,
)
from engine.execution.xml import ihala

REFERENCES = (
    "messageRef",
    "signalRef",
    "errorRef",
    "escalationRef",
    "operationRef",
    "calledElement",
    "processRef",
    "dataStoreRef",
)
NODE_REFERENCES = ("sourceRef", "targetRef", "attachedToRef", "default")
ID_TEXTS = ("flowNodeRef", "eventDefinitionRef", "inMessageRef", "outMessageRef")
RESERVED = frozenset({"Start", "End", "Root", "StartEventSplit", "StartEventJoin"})
"""Names of SpiffWorkflow's own tasks: an author's element of that id would silently be taken for them."""


def plain_references(root: Element) -> None:
    """`tns:message_1` -> `message_1`: references are qualified names, SpiffWorkflow compares bare ids."""
    known = {id_of(element) for element in root.iter() if id_of(element)}
    for element in root.iter():
        for name in REFERENCES:
            reference = element.get(name)
            if reference and reference not in known:
                element.set(name, _unprefixed(element, reference))
        if kind(element) in ID_TEXTS and element.text and element.text.strip() not in known:
            element.text = _unprefixed(element, element.text.strip())


def _unprefixed(element: Element, reference: str) -> str:
    prefix, colon, name = reference.partition(":")
    return name if colon and name and not name.startswith(":") and prefix in element.nsmap else reference


def executable(root: Element) -> None:
    """A process that does not say whether it runs does run."""
    for process in processes(root):
        process.set("isExecutable", "true" if is_executable(process) else "false")


def flow_ids(root: Element) -> None:
    """A flow may be drawn without an id; ours are named after what they join."""
    for scope in executed_scopes(root):
        for flow in flows(scope):
            if not id_of(flow):
                flow.set("id", part(flow.get("sourceRef", ""), f"to::{flow.get('targetRef', '')}"))


def free_reserved_ids(root: Element) -> None:
    """Rename `Start`, `End`... to `Start::element`; the map of origins leads back to the author's id."""
    taken = RESERVED | {f"{id_of(scope)}.EndJoin" for scope in executed_scopes(root)}
    renamed = {
        id_of(node): part(id_of(node), ITSELF)
        for scope in executed_scopes(root)
        for node in nodes(scope)
        if id_of(node) in taken
    }
    if not renamed:
        return
    for element in root.iter():
        for name in ("id", *NODE_REFERENCES):
            if element.get(name) in renamed and (name != "id" or kind(element)):
                element.set(name, renamed[element.get(name, "")])
        if kind(element) in ("flowNodeRef", "sourceRef", "targetRef") and element.text in renamed:
            element.text = renamed[element.text]


def codes(root: Element) -> None:
    """An error or escalation without a code gets its name as code, so that those thrown are told apart.

    It stays marked: a catch of it takes every code (BPMN 2.0.2, 10.5.5), the one of its name before others.
    """
    for name, code in (("error", "errorCode"), ("escalation", "escalationCode")):
        for element in root.findall(q(name)):
            if not element.get(code):
                element.set(code, element.get("name") or id_of(element))
                element.set(ihala("coded"), "false")


def inline_definitions(root: Element) -> None:
    """`eventDefinitionRef` -> a copy of the definition, in the event itself."""
    shared = {id_of(element): element for element in root if kind(element).endswith("EventDefinition")}
    for reference in list(root.iter(q("eventDefinitionRef"))):
        event = reference.getparent()
        original = shared.get((reference.text or "").strip())
        if event is None or original is None:
            continue
        written = copy.deepcopy(original)
        written.set("id", part(id_of(event), f"definition_{len(definitions(event)) + 1}"))
        written.tail = reference.tail
        event.replace(reference, written)


def operation_messages(root: Element) -> None:
    """A task or event that names an operation instead of a message means the message that goes into the operation."""
    messages = {id_of(one): (one.findtext(q("inMessageRef")) or "").strip() for one in root.iter(q("operation"))}
    for element in root.iter(q("sendTask"), q("receiveTask"), q("messageEventDefinition")):
        named = element.get("operationRef") or (element.findtext(q("operationRef")) or "").strip()
        message = messages.get(_unprefixed(element, named), "")
        if message and not element.get("messageRef"):
            element.set("messageRef", message)


def order_of_choices(root: Element) -> None:
    """Write the flows out of an exclusive gateway in the order of its `outgoing`: the first true condition wins."""
    for scope in executed_scopes(root):
        for gateway in nodes(scope):
            wanted = [(child.text or "").strip() for child in gateway.findall(q("outgoing"))]
            leaving = outgoing(scope, id_of(gateway))
            if kind(gateway) == "exclusiveGateway" and sorted(wanted) == sorted(map(id_of, leaving)):
                _put_in_order(scope, leaving, wanted)


def _put_in_order(scope: Element, leaving: list[Element], wanted: list[str]) -> None:
    if [id_of(flow) for flow in leaving] == wanted:
        return
    places = sorted(scope.index(flow) for flow in leaving)
    by_id = {id_of(flow): flow for flow in leaving}
    stands: list[Element] = [etree.SubElement(scope, "stand") for _ in leaving]
    for flow, stand in zip(leaving, stands, strict=True):
        scope.replace(flow, stand)
    for place, flow_id in zip(places, wanted, strict=True):
        scope.replace(scope[place], by_id[flow_id])
