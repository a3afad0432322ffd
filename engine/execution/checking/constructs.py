"""Elements and attributes of the standard that are not executed: compensation, quantities, foreign languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.execution.checking.rules.rule import Finding, found
from engine.execution.normalising.ad_hoc import asks_people
from engine.execution.normalising.data import executed_data
from engine.execution.normalising.diagram import (
    ACTIVITIES,
    FLOW_NODES,
    Element,
    definitions,
    executed_scopes,
    id_of,
    is_event_subprocess,
    kind,
    nodes,
    parent_of,
    q,
)
from engine.execution.normalising.repetition_events import SHORTHANDS, definition
from engine.execution.xml import ihala

BESIDE_FLOW = frozenset(
    {
        "documentation",
        "extensionElements",
        "auditing",
        "monitoring",
        "ioSpecification",
        "property",
        "laneSet",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "incoming",
        "outgoing",
        "dataInputAssociation",
        "dataOutputAssociation",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "standardLoopCharacteristics",
        "multiInstanceLoopCharacteristics",
        "correlationSubscription",
        "supports",
        "supportedInterfaceRef",
        "ioBinding",
        "artifact",
        "association",
        "group",
        "textAnnotation",
        "sequenceFlow",
        "categoryValueRef",
        "completionCondition",
    }
)
"""Children of a scope that carry no token and are kept as they are."""
THROWN = frozenset(f"{name}EventDefinition" for name in ("message", "signal", "error", "escalation"))
"""What the end of an instance of a repetition may throw."""
FEEL_NAMES = frozenset({"feel", "text/feel", "application/feel", "text/x-feel", "friendly-enough-expression-language"})
EXPRESSIONS = (
    "conditionExpression",
    "condition",
    "loopCondition",
    "loopCardinality",
    "completionCondition",
    "timeDuration",
    "timeDate",
    "timeCycle",
)


def construct_findings(root: Element) -> Iterator[Finding]:
    for scope in executed_scopes(root):
        yield from _unknown(scope)
        if kind(scope) == "adHocSubProcess":
            yield from _ad_hoc(scope)
        for node in nodes(scope):
            yield from _gateway(node)
            if kind(node) in ACTIVITIES:
                yield from _activity(node)
    for association in executed_data(root):
        yield found("computing_data_arrow", id_of(parent_of(association)))
    yield from _languages(root)
    for store in root.iter(q("dataStoreReference")):
        yield found("data_store", id_of(store))


def _unknown(scope: Element) -> Iterator[Finding]:
    for child in scope:
        name = kind(child)
        if name and name not in FLOW_NODES and name not in BESIDE_FLOW:
            yield found("unknown_element", id_of(child) or id_of(scope), name=name)


def _ad_hoc(scope: Element) -> Iterator[Finding]:
    asked = [node for node in nodes(scope) if asks_people(node) and not is_event_subprocess(node)]
    if scope.get("ordering", "Parallel") == "Sequential" and len(asked) > 1:
        yield found("ad_hoc_sequential", id_of(scope), count=len(asked))


def _gateway(node: Element) -> Iterator[Finding]:
    if kind(node) == "complexGateway":
        yield found("complex_gateway", id_of(node))


def _activity(node: Element) -> Iterator[Finding]:
    if node.get("isForCompensation") in ("true", "1"):
        yield found("compensation", id_of(node))
    for attribute in ("startQuantity", "completionQuantity"):
        if not re.fullmatch(r"[1-9]\d{0,3}", node.get(attribute, "1").strip()):
            yield found("token_quantity", id_of(node), attribute=attribute, count=node.get(attribute, ""))
    for loop in node.findall(q("standardLoopCharacteristics")):
        yield from _loop(node, loop)
    for repetition in node.findall(q("multiInstanceLoopCharacteristics")):
        yield from _repetition(node, repetition)
    yield from _work(node)


def _loop(node: Element, loop: Element) -> Iterator[Finding]:
    maximum = loop.get("loopMaximum")
    if maximum is not None and not maximum.strip().isdigit():
        yield found("loop_count", id_of(node), count=maximum)
    if maximum is None and not (loop.findtext(q("loopCondition")) or "").strip():
        yield found("loop_without_end", id_of(node))


def _repetition(node: Element, loop: Element) -> Iterator[Finding]:
    yield from _repetition_events(node, loop)
    number = (loop.findtext(q("loopCardinality")) or "").strip()
    listed = loop.get(ihala("collection")) or (loop.findtext(q("loopDataInputRef")) or "").strip()
    if not number and not listed:
        yield found("repetition_without_list", id_of(node))
    if number and listed:
        yield found("repetition_two_sources", id_of(node))
    if number.lstrip("-").isdigit() and int(number) < 0:
        yield found("loop_count", id_of(node), count=number)


def _repetition_events(node: Element, loop: Element) -> Iterator[Finding]:
    """What the repetition throws when an instance ends must be said, and be something that can be thrown."""
    behavior = loop.get("behavior", "All")
    root = node.getroottree().getroot()
    if behavior in SHORTHANDS:
        thrown = [definition(root, loop.get(SHORTHANDS[behavior][0], ""))]
    elif behavior == "Complex":
        thrown = [one for event in loop.iter(q("event")) for one in definitions(event)]
    else:
        thrown = [] if behavior != "All" else [loop]
    if not thrown or any(one is not loop and (one is None or kind(one) not in THROWN) for one in thrown):
        yield found("repetition_events", id_of(node), behavior=behavior)


def _work(node: Element) -> Iterator[Finding]:
    """What a task of this kind must say to have anything to do."""
    if kind(node) == "callActivity" and not node.get("calledElement"):
        yield found("called_process_missing", id_of(node))
    if kind(node) == "serviceTask" and not node.get(ihala("operation")):
        yield found("operation_missing", id_of(node))
    if kind(node) == "scriptTask" and not (node.findtext(q("script")) or "").strip():
        yield found("script_missing", id_of(node))
    if kind(node) == "task":
        yield found("step_without_kind", id_of(node))


def _languages(root: Element) -> Iterator[Finding]:
    for element in root.iter():
        if kind(element) == "scriptTask" and not is_feel(element.get("scriptFormat", "")):
            yield found("script_language", id_of(element), language=element.get("scriptFormat", ""))
        if kind(element) in EXPRESSIONS and not is_feel(element.get("language", "")):
            yield found("expression_language", named_ancestor(element), language=element.get("language", ""))


def is_feel(language: str) -> bool:
    """Whether a language named in a diagram is FEEL: nothing, a media type, or the standard's own address."""
    language = language.strip().lower()
    return not language or language in FEEL_NAMES or (language.startswith("http") and "feel" in language)


def named_ancestor(element: Element) -> str:
    """The id of the node or flow an expression belongs to."""
    owner: Element | None = element
    while owner is not None and kind(owner) not in FLOW_NODES | {"sequenceFlow", "process"}:
        owner = owner.getparent()
    return "" if owner is None else id_of(owner)
