"""What proofs stand on: every element of a mechanism with what it says of itself, and the scopes a token runs in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from engine.execution.checking.graph import Graph, Node, graph_of
from engine.execution.checking.material import Diagram, Material
from engine.execution.normalising.diagram import (
    EMBEDDED,
    Element,
    author_element,
    author_id,
    condition,
    definitions,
    flows,
    id_of,
    is_event_subprocess,
    is_executable,
    kind,
    processes,
    scopes,
)
from engine.execution.reading.words import lanes_of, name_of
from engine.execution.safeguarding.kinds import Selector, Tests
from engine.execution.xml import ihala
from engine.text import Text

Facts = Mapping[str, str]
REFERENCES = ("messageRef", "signalRef", "escalationRef", "errorRef")


@dataclass(frozen=True, slots=True)
class Place:
    """An element of the author's in the scope that it runs in. `facts`: what it says of itself."""

    node: Node
    scope: Scope
    facts: Facts

    @property
    def id(self) -> str:
        return author_id(self.node.id)

    @property
    def name(self) -> Text:
        words = name_of(self.node.element)
        return words if words else Text(self.id, self.id)


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or embedded sub-process as a graph; `conditions` of its flows by their ids."""

    key: str
    graph: Graph
    file: str
    process: str
    conditions: Mapping[str, str]
    lanes: Mapping[str, str]
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Ground:
    """The whole mechanism: its scopes, a process by its id, a sub-process by that of its process and its own."""

    material: Material
    scopes: dict[str, Scope] = field(default_factory=dict)
    processes: set[str] = field(default_factory=set)

    def places(self) -> Iterator[Place]:
        for scope in self.scopes.values():
            yield from scope.places.values()

    def fitting(self, selector: Selector) -> list[Place]:
        return [place for place in self.places() if fits(place.facts, selector)]

    def beginnings(self) -> set[str]:
        """The processes with which a case can begin: what no other one calls, and what staff or an event begins."""
        called = {place.facts["calls"] for place in self.places()}
        routing = (self.material.mechanism or {}).get("routing")
        started = routing.get("starts") if isinstance(routing, Mapping) else None
        named = {self.material.first_process, *(started if isinstance(started, Mapping) else ())}
        return {one for one in self.processes if one not in called or one in named or self._has_trigger(one)}

    def inner(self, scope: Scope, node: Node) -> Scope | None:
        """The scope that a token runs through at this node: of a sub-process, or of the process it calls."""
        if node.kind in EMBEDDED:
            return self.scopes.get(_key(scope.process, node.id))
        called = node.element.get("calledElement", "")
        return self.scopes[called] if called in self.processes else None

    def _has_trigger(self, process: str) -> bool:
        return any(definitions(node.element) for node in self.scopes[process].graph.starts())


def fits(facts: Facts, selector: Selector) -> bool:
    """Whether something says of itself what is asked; an empty selector fits nothing."""
    return bool(selector) and all(facts.get(key, "") in words for key, words in selector.items())


def unfit(facts: Facts, tests: Tests) -> list[str]:
    """What something says of itself otherwise than the tests ask."""
    return [key for key, test in tests.items() if test.evaluate(facts.get(key, ""), {}) is not True]


def ground_of(material: Material) -> Ground:
    """The diagrams as they are executed; as they are drawn where they cannot be."""
    ground = Ground(material)
    for diagram in material.diagrams.values():
        for process in processes(diagram.author):
            if is_executable(process):
                ground.processes.add(id_of(process))
                _add(ground, diagram, process)
    return ground


def _add(ground: Ground, diagram: Diagram, author: Element) -> None:
    root = author if diagram.executed is None else diagram.executed
    executed = next((one for one in root.iter() if kind(one) == "process" and id_of(one) == id_of(author)), author)
    lanes = lanes_of(author)
    for element in scopes(executed):
        arrows = {id_of(flow): text for flow in flows(element) if (text := condition(flow)) is not None}
        key = id_of(author) if element is executed else _key(id_of(author), id_of(element))
        scope = Scope(key, graph_of(element), diagram.file, id_of(author), arrows, lanes)
        ground.scopes[key] = scope
        for node in scope.graph.nodes.values():
            if author_element(node.id) is not None and not is_event_subprocess(node.element):
                scope.places[node.id] = Place(node, scope, _facts(node, scope, element))


def _key(process: str, subprocess: str) -> str:
    return f"{process}/{subprocess}"


def _facts(node: Node, scope: Scope, around: Element) -> Facts:
    element, name = node.element, author_id(node.id)
    above = [author_id(id_of(one)) for one in (around, *around.iterancestors())]
    operation = element.get(ihala("operation"), "")
    decision = (element.get(ihala("decision")) or name) if node.kind == "businessRuleTask" else ""
    return {
        "id": name,
        "kind": node.kind,
        "process": scope.process,
        "role": next((scope.lanes[one] for one in (name, *above) if one in scope.lanes), ""),
        "purpose": element.get(ihala("purpose"), ""),
        "not_by": element.get(ihala("notBy"), ""),
        "organisation": element.get(ihala("organisation"), ""),
        "asked_role": element.get(ihala("role"), ""),
        "operation": operation,
        "decision": decision,
        "calls": element.get("calledElement", ""),
        "on": author_id(element.get("attachedToRef", "")),
        "interrupts": element.get("cancelActivity", "true") if node.kind == "boundaryEvent" else "",
        "trigger": next(iter(_triggers(element)), ""),
    }


def _triggers(event: Element) -> Iterator[str]:
    """What an event waits for or throws: the id of the message or escalation, else its kind."""
    for one in definitions(event):
        yield next((one.get(key, "") for key in REFERENCES if one.get(key)), kind(one).removesuffix("EventDefinition"))
