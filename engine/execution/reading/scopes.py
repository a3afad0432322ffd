"""Reads a process, and the sub-processes inside it, into nodes and flows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.execution.model import Element as PublicElement
from engine.execution.normalising.diagram import author_element
from engine.execution.reading.definitions import Flow, Loop, Node, Scope, Trigger
from engine.execution.reading.triggers import Declared, trigger_of
from engine.execution.reading.words import (
    child_text,
    children,
    documentation_of,
    is_true,
    lanes_of,
    name_of,
    pairs,
    text_of,
)
from engine.execution.xml import Element, bpmn, ihala, local_name

EMBEDDED = frozenset({"subProcess", "transaction"})
ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
        "callActivity",
    }
)
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
NODES = EMBEDDED | ACTIVITIES | GATEWAYS | EVENTS


@dataclass(frozen=True, slots=True)
class Reading:
    """What all nodes of one process share: its id, the lane of each node, declarations, the forms there are."""

    process_id: str
    lanes: dict[str, str]
    known: Declared
    forms: Collection[str]


def read_process(process: Element, known: Declared, forms: Collection[str]) -> Scope:
    reading = Reading(process.get("id") or "", lanes_of(process), known, forms)
    return _scope(process, reading, (), "")


def _scope(source: Element, reading: Reading, around: tuple[str, ...], lane: str) -> Scope:
    drawn = [child for child in source if local_name(child) in NODES]
    flows = [_flow(child, number) for number, child in enumerate(children(source, "sequenceFlow"))]
    author = author_element(source.get("id") or "")
    inside = (*around, author) if author and local_name(source) in EMBEDDED else around
    nodes: dict[str, Node] = {}
    scopes: dict[str, Scope] = {}
    for child in drawn:
        node = _node(child, drawn, flows, reading, inside, lane)
        nodes[node.id] = node
        if node.kind in EMBEDDED:
            scopes[node.id] = _scope(child, reading, inside, reading.lanes.get(node.id, lane))
    return Scope(source.get("id") or "", local_name(source), reading.process_id, nodes, scopes, _data_names(source))


def _flow(flow: Element, number: int) -> Flow:
    source, target = flow.get("sourceRef") or "", flow.get("targetRef") or ""
    return Flow(flow.get("id") or f"{source}::{number}", source, target, child_text(flow, "conditionExpression"))


def _node(
    source: Element, drawn: list[Element], flows: list[Flow], reading: Reading, around: tuple[str, ...], lane: str
) -> Node:
    node_id, kind = source.get("id") or "", local_name(source)
    return Node(
        id=node_id,
        kind=kind,
        element=_element(source, reading, around, lane),
        outgoing=tuple(flow for flow in flows if flow.source == node_id),
        incoming=tuple(flow for flow in flows if flow.target == node_id),
        default=source.get("default") or "",
        trigger=trigger_of(source, reading.known),
        loop=_loop(source, reading.known),
        start_quantity=int(source.get("startQuantity") or 1),
        completion_quantity=int(source.get("completionQuantity") or 1),
        attached_to=source.get("attachedToRef") or "",
        is_interrupting=is_true(source, "cancelActivity", "true"),
        boundary=tuple(b.get("id") or "" for b in drawn if b.get("attachedToRef") == node_id and node_id),
        inputs=pairs(source, "input"),
        outputs=pairs(source, "output"),
        returned=pairs(source, "returned"),
        script=child_text(source, "script"),
        decision=source.get(ihala("decision")) or node_id,
        operation=source.get(ihala("operation")) or "",
        called=source.get("calledElement") or "",
    )


def _element(source: Element, reading: Reading, around: tuple[str, ...], lane: str) -> PublicElement | None:
    author = author_element(source.get("id") or "")
    if author is None:
        return None
    return PublicElement(
        id=author,
        kind=local_name(source),
        name=name_of(source),
        process_id=reading.process_id,
        lane=reading.lanes.get(source.get("id") or "", lane),
        documentation=documentation_of(source),
        form=author if author in reading.forms else "",
        purpose=source.get(ihala("purpose")) or "",
        not_by=source.get(ihala("notBy")) or "",
        priority=source.get(ihala("priority")) or "normal",
        role=source.get(ihala("role")) or "",
        organisation=source.get(ihala("organisation")) or "",
        operation=source.get(ihala("operation")) or "",
        joins_team=is_true(source, ihala("joinsTeam"), "true"),
        is_deadline=is_true(source, ihala("deadline")),
        scope=around,
    )


def _loop(source: Element, known: Declared) -> Loop | None:
    for loop in children(source, "standardLoopCharacteristics"):
        maximum = loop.get("loopMaximum")
        return Loop(
            "standard",
            condition=child_text(loop, "loopCondition"),
            maximum=int(maximum) if maximum else None,
            test_before=is_true(loop, "testBefore"),
        )
    for loop in children(source, "multiInstanceLoopCharacteristics"):
        return Loop(
            "sequential" if is_true(loop, "isSequential") else "parallel",
            collection=loop.get(ihala("collection")) or child_text(loop, "loopDataInputRef"),
            cardinality=child_text(loop, "loopCardinality"),
            item=loop.get(ihala("item")) or _data_item(loop, "inputDataItem"),
            completion=child_text(loop, "completionCondition"),
            result_list=child_text(loop, "loopDataOutputRef"),
            result_item=_data_item(loop, "outputDataItem"),
            throws=_throws(loop, known),
        )
    return None


def _throws(loop: Element, known: Declared) -> tuple[tuple[str, Trigger], ...]:
    found = children(loop, "complexBehaviorDefinition")
    return tuple(
        (child_text(one, "condition"), trigger_of(event, known)) for one in found for event in children(one, "event")
    )


def _data_item(loop: Element, name: str) -> str:
    found = loop.find(bpmn(name))
    return "" if found is None else (found.get("name") or found.get("id") or text_of(found))


def _data_names(source: Element) -> dict[str, str]:
    """The names of data objects drawn in this scope, for expressions that use the name instead of the id."""
    names: dict[str, str] = {}
    for child in children(source, "dataObject", "dataObjectReference", "property"):
        variable = child.get("dataObjectRef") or child.get("id") or ""
        for name in (child.get("name"), child.get("id")):
            if name and name != variable:
                names[name] = variable
    return names
