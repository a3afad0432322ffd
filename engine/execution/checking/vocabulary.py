"""Our own words in a diagram (`ihala:`): a word that is misspelt or misplaced would silently mean nothing."""

from __future__ import annotations

from collections.abc import Iterator

from engine.execution.checking.constructs import named_ancestor
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.normalising.diagram import EVENTS, FLOW_NODES, Element, kind
from engine.execution.xml import IHALA

ANYWHERE: frozenset[str] = frozenset()
PEOPLE = frozenset({"userTask", "manualTask"})
MESSAGES = EVENTS | {"messageEventDefinition", "signalEventDefinition", "sendTask", "receiveTask"}
ATTRIBUTES: dict[str, frozenset[str]] = {
    "nameAr": ANYWHERE,
    "organisation": PEOPLE,
    "role": PEOPLE,
    "joinsTeam": PEOPLE,
    "purpose": PEOPLE,
    "notBy": PEOPLE,
    "priority": PEOPLE,
    "decision": frozenset({"businessRuleTask"}),
    "operation": frozenset({"serviceTask"}),
    "collection": frozenset({"multiInstanceLoopCharacteristics"}),
    "item": frozenset({"multiInstanceLoopCharacteristics"}),
    "calendar": EVENTS | {"timerEventDefinition"},
    "deadline": frozenset({"boundaryEvent"}),
    "correlation": MESSAGES,
    "reach": MESSAGES,
}
"""The attributes of docs/diagrams.md and the elements on which each means something."""
VALUES: dict[str, frozenset[str]] = {
    "priority": frozenset({"immediate", "high", "normal"}),
    "calendar": frozenset({"working"}),
    "deadline": frozenset({"true", "false"}),
    "joinsTeam": frozenset({"true", "false"}),
    "reach": frozenset({"case", "mechanism"}),
}
ELEMENTS: dict[str, frozenset[str]] = {"input": FLOW_NODES, "output": FLOW_NODES}
OURS = f"{{{IHALA}}}"


def vocabulary_findings(root: Element) -> Iterator[Finding]:
    for element in root.iter():
        if kind(element):
            for name, value in element.attrib.items():
                if str(name).startswith(OURS):
                    yield from _attribute(element, str(name).removeprefix(OURS), str(value))
        elif isinstance(element.tag, str) and element.tag.startswith(OURS):
            yield from _element(element)


def _attribute(element: Element, name: str, value: str) -> Iterator[Finding]:
    owner = named_ancestor(element)
    if name not in ATTRIBUTES:
        yield found("word_unknown", owner, name=name, known=", ".join(sorted(ATTRIBUTES)))
    elif ATTRIBUTES[name] and kind(element) not in ATTRIBUTES[name]:
        yield found("word_misplaced", owner, name=name, kind=kind(element))
    elif name in VALUES and value not in VALUES[name]:
        yield found("word_value", owner, name=name, value=value, known=", ".join(sorted(VALUES[name])))


def _element(element: Element) -> Iterator[Finding]:
    name, owner = element.tag.removeprefix(OURS), named_ancestor(element)
    holder = next((one for one in element.iterancestors() if kind(one) and kind(one) != "extensionElements"), None)
    if name not in ELEMENTS:
        yield found("word_unknown", owner, name=name, known=", ".join(sorted(ELEMENTS)))
    elif holder is None or kind(holder) not in ELEMENTS[name]:
        yield found("word_misplaced", owner, name=name, kind="-" if holder is None else kind(holder))
    elif not (element.get("name") or "").strip():
        yield found("word_nameless", owner, name=name)
