"""What diagrams ask for elsewhere: called processes, decisions, operations; and processes that call themselves."""

from __future__ import annotations

from collections.abc import Iterator

from engine.execution.checking.flow import has_stopping_border, restless_nodes
from engine.execution.checking.graph import graph_of
from engine.execution.checking.material import Diagram, Material
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.normalising.diagram import Element, executed_scopes, id_of, kind, nodes, q
from engine.execution.xml import ihala
from engine.operations import OPERATIONS


def call_findings(material: Material) -> Iterator[tuple[str, Finding]]:
    called = material.called()
    yield from _twice(material)
    for diagram in material.diagrams.values():
        for scope in executed_scopes(diagram.author):
            for node in nodes(scope):
                if kind(node) == "callActivity" and (name := node.get("calledElement")) and name not in called:
                    yield diagram.file, found("called_process_unknown", id_of(node), name=name)
                if kind(node) == "serviceTask":
                    for finding in _operation(node):
                        yield diagram.file, finding
    yield from _circles(material)


def stopped_by_callers(material: Material) -> set[str]:
    """The processes that are called where an event on a border can stop them, and those that they call in turn."""
    stopped: set[str] = set()
    calls = [
        (call, id_of(process))
        for diagram in material.diagrams.values()
        for process in _executed(diagram)
        for call in process.iter(q("callActivity"))
    ]
    for _ in calls:
        for call, process in calls:
            if process in stopped or any(has_stopping_border(one) for one in [call, *call.iterancestors()]):
                stopped.add(call.get("calledElement", ""))
    return stopped


def _twice(material: Material) -> Iterator[tuple[str, Finding]]:
    first: dict[str, str] = {}
    for diagram in material.diagrams.values():
        for process in diagram.processes():
            if id_of(process) in first:
                yield diagram.file, found("process_twice", id_of(process), other=first[id_of(process)])
            first.setdefault(id_of(process), diagram.file)


def _operation(task: Element) -> Iterator[Finding]:
    name = task.get(ihala("operation"), "")
    operation = OPERATIONS.get(name)
    if name and operation is None:
        yield found("operation_unknown", id_of(task), name=name)
    if operation is not None:
        given = {one.get("name") for one in task.iter(ihala("input"))}
        for needed in sorted(operation.inputs.keys() - operation.optional - given):
            yield found("operation_input", id_of(task), name=name, input=needed)


def _circles(material: Material) -> Iterator[tuple[str, Finding]]:
    """Calls that come about in any case, before anything waits or chooses, and lead back to where they began."""
    certain = {
        id_of(process): (diagram, set(_certain_calls(process)))
        for diagram in material.diagrams.values()
        for process in _executed(diagram)
    }
    for process, (diagram, calls) in certain.items():
        for call, target in sorted(calls):
            path = _way_back(process, target, certain)
            if path:
                yield diagram.file, found("calls_itself", call, path=" -> ".join([process, *path]))


def _executed(diagram: Diagram) -> list[Element]:
    return [] if diagram.executed is None else [one for one in diagram.executed if kind(one) == "process"]


def _certain_calls(scope: Element) -> Iterator[tuple[str, str]]:
    """The call activities a token always comes to at once, with the processes they call."""
    graph = graph_of(scope)
    passing = restless_nodes(graph)
    stops = frozenset(graph.nodes.keys() - passing)
    for start in graph.starts():
        if start.id in passing:
            reached = graph.reachable([start.id], stops)
            border = {step for one in reached for step in graph.next(graph.nodes[one]) if step in stops}
            for node in (graph.nodes[one].element for one in reached | border):
                if kind(node) == "callActivity":
                    yield id_of(node), node.get("calledElement", "")
                elif kind(node) in ("subProcess", "transaction") and node.find(q("startEvent")) is not None:
                    yield from _certain_calls(node)


def _way_back(process: str, target: str, certain: dict[str, tuple[Diagram, set[tuple[str, str]]]]) -> list[str]:
    waiting, seen = [[target]], set()
    while waiting:
        path = waiting.pop()
        if path[-1] == process:
            return path
        if path[-1] not in seen and path[-1] in certain:
            seen.add(path[-1])
            waiting.extend([*path, onwards] for _, onwards in sorted(certain[path[-1]][1]))
    return []
