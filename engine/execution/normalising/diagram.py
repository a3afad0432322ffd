"""A diagram as the rewritings see it: scopes, their nodes and flows, and new elements whose ids name their author's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from engine.execution.xml import IHALA, bpmn, local_name
from engine.execution.xml import Element as Element

MARK = "::"
"""Stands between the author's id and the part in every generated id: `decide::split`. No author's id may hold it."""
ITSELF = "element"
"""The part of an author's element that only had to be renamed: `Start::element`."""

TASKS = frozenset(
    {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"}
)
EMBEDDED = frozenset({"subProcess", "transaction", "adHocSubProcess"})
SCOPES = EMBEDDED | {"process"}
ACTIVITIES = TASKS | EMBEDDED | {"callActivity"}
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
BEFORE_FLOWS = frozenset({"documentation", "extensionElements", "auditing", "monitoring", "categoryValueRef"})


_SCOPES, _FLOW_NODES = [tuple(map(bpmn, names)) for names in (SCOPES, FLOW_NODES)]
_FLOW = bpmn("sequenceFlow")


q = bpmn
kind = local_name


def id_of(element: Element) -> str:
    return element.get("id") or ""


def part(element_id: str, name: str) -> str:
    """The id of a generated element that stands for a part of an author's."""
    return f"{element_id}{MARK}{name}"


def author_id(element_id: str) -> str:
    """The author's id a generated id stands for; an author's own id is returned as it is."""
    return element_id.split(MARK, 1)[0]


def author_element(element_id: str) -> str | None:
    """The author's element that this one *is* (kept, or only renamed); None for an element generated beside it."""
    author, mark, name = element_id.partition(MARK)
    return author if not mark or name == ITSELF else None


def scopes(root: Element) -> list[Element]:
    """Every process and embedded sub-process, outer ones first."""
    return list(root.iter(*_SCOPES))


def processes(root: Element) -> list[Element]:
    return [element for element in root if kind(element) == "process"]


def is_executable(process: Element) -> bool:
    """A process runs unless it says that it does not: many tools leave the attribute out."""
    return process.get("isExecutable", "true") in ("true", "1")


def executed_scopes(root: Element) -> list[Element]:
    """The scopes of executable processes; a process of another pool that only illustrates is left alone."""
    return [scope for process in processes(root) if is_executable(process) for scope in scopes(process)]


def nodes(scope: Element) -> list[Element]:
    """The flow nodes directly in a scope."""
    return list(scope.iterchildren(*_FLOW_NODES))


def flows(scope: Element) -> list[Element]:
    """The sequence flows directly in a scope."""
    return list(scope.iterchildren(_FLOW))


def outgoing(scope: Element, node_id: str) -> list[Element]:
    return [flow for flow in flows(scope) if flow.get("sourceRef") == node_id]


def incoming(scope: Element, node_id: str) -> list[Element]:
    return [flow for flow in flows(scope) if flow.get("targetRef") == node_id]


def parent_of(element: Element) -> Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"the element {id_of(element)} stands alone")
    return parent


def definitions(event: Element) -> list[Element]:
    """The event definitions written in an event."""
    return [child for child in event if kind(child).endswith("EventDefinition")]


def triggers(event: Element) -> list[str]:
    """The kinds of an event's definitions: `message`, `timer`, ..."""
    return [kind(definition).removesuffix("EventDefinition") for definition in definitions(event)]


def is_event_subprocess(element: Element) -> bool:
    return kind(element) in EMBEDDED and element.get("triggeredByEvent") in ("true", "1")


def condition(flow: Element) -> str | None:
    """The condition written on a flow, or None."""
    found = flow.find(q("conditionExpression"))
    text = "" if found is None else "".join(str(piece) for piece in found.itertext()).strip()
    return text or None


def add(parent: Element, name: str, element_id: str, **attributes: str) -> Element:
    """A new element at the end of `parent`."""
    return etree.SubElement(parent, q(name), {"id": element_id, **attributes})


def connect(scope: Element, source: str, target: str) -> Element:
    """A new flow, named after its source and its target."""
    flow_id = part(source, f"to{MARK}{target}")
    return add(scope, "sequenceFlow", flow_id, sourceRef=source, targetRef=target)


def redirect(arrows: Iterable[Element], *, source: str = "", target: str = "") -> None:
    """Let flows leave from, or arrive at, another node."""
    for flow in arrows:
        if source:
            flow.set("sourceRef", source)
        if target:
            flow.set("targetRef", target)


def take(element: Element, name: str) -> str | None:
    """Take an attribute off an element and return what it said."""
    value = element.get(name)
    if value is not None:
        del element.attrib[name]
    return value


def own_attributes(element: Element) -> dict[str, str]:
    """Our attributes on an element, to be carried over to what stands for it."""
    return {str(name): str(value) for name, value in element.attrib.items() if str(name).startswith(f"{{{IHALA}}}")}


def texts(element: Element, name: str) -> Iterator[str]:
    """The texts of the children of one kind."""
    for child in element.findall(q(name)):
        yield (child.text or "").strip()
