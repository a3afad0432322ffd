"""The elements of a decision requirement graph, and the course of one evaluation through them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.decisions.compiler import Run
from engine.decisions.domain import Function, Parameter, Value, adapt
from engine.decisions.errors import DecisionError
from engine.decisions.item_types import complete
from engine.decisions.scope import Evaluation, Scope
from engine.decisions.types import ANY, FunctionOf, Type, coerce
from engine.text import Text

Kind = Literal["input", "decision", "knowledge", "service"]


@dataclass(eq=False, slots=True)
class Node:
    """One element of the graph; requirements stand with the name of their import, empty for the own model."""

    id: str
    name: str
    label: Text
    kind: Kind
    type: Type = ANY
    run: Run | None = None
    requirements: list[tuple[str, Node]] = field(default_factory=list)
    # of a decision service
    parameters: list[tuple[str, Node]] = field(default_factory=list)
    outputs: list[tuple[str, Node]] = field(default_factory=list)


class Course:
    """One evaluation of the graph: every decision at most once for the same inputs."""

    def __init__(self, inputs: Mapping[str, Value], evaluation: Evaluation) -> None:
        self.inputs = inputs
        self.evaluation = evaluation
        self.values: dict[Node, Value] = {}
        self._deciding: list[Node] = []

    def value(self, node: Node, prefix: str = "") -> Value:
        """The value of an element: data, the result of a decision, or a function."""
        if node not in self.values:
            if node.kind == "input":
                self.take(node, prefix)
            elif node.kind == "decision":
                self.values[node] = self._decided(node)
            else:
                return self._function(node)
        return self.values[node]

    def take(self, node: Node, prefix: str) -> None:
        """Gives the element the value that stands among the inputs, as one of its type."""
        self.values[node] = coerce(complete(adapt(self._given(node, prefix)), node.type), node.type)

    def _given(self, node: Node, prefix: str) -> object:
        for name in (f"{prefix}.{node.name}", node.name, node.id):
            if name in self.inputs:
                return self.inputs[name]
        imported = self.inputs.get(prefix)
        return imported.get(node.name) if isinstance(imported, Mapping) else None

    def _decided(self, node: Node) -> Value:
        if node in self._deciding:
            raise DecisionError(node.name, 0, _CIRCLE.format(names=" -> ".join(n.name for n in self._deciding)))
        self._deciding.append(node)
        try:
            scope = Scope(self._names(node), None, self.evaluation)
            return coerce(node.run(scope), node.type) if node.run else None
        finally:
            self._deciding.pop()

    def _names(self, node: Node) -> dict[str, Value]:
        """What the requirements put in scope; imported elements stand in a context of the import's name."""
        names: dict[str, Value] = {}
        for prefix, required in node.requirements:
            place = names.setdefault(prefix, {}) if prefix else names
            place[required.name] = self.value(required, prefix)
        return names

    def _function(self, node: Node) -> Value:
        if node.kind == "service":
            self.values[node] = _service(node)
            return self.values[node]
        names: dict[str, Value] = {}
        function = node.run(Scope(names, None, self.evaluation)) if node.run else None
        self.values[node] = _returning(node, function) if isinstance(function, Function) else None
        # filled only now, so that knowledge models may require themselves or each other
        names[node.name] = self.values[node]
        names.update(self._names(node))
        return self.values[node]


def _returning(node: Node, function: Function) -> Function:
    """A knowledge model's function, its result converted to the type of its variable."""
    kind = node.type.result if isinstance(node.type, FunctionOf) else node.type
    if kind == ANY:
        return function

    def invoke(evaluation: Evaluation, positional: list[Value], named: dict[str, Value] | None) -> Value:
        return coerce(function.invoke(evaluation, positional, named), kind)

    return Function(node.name, function.parameters, invoke, kind)


def _service(node: Node) -> Function:
    """A decision service as a function of its input data and then its input decisions."""
    parameters = tuple(Parameter(required.name, required.type) for _, required in node.parameters)

    def invoke(evaluation: Evaluation, positional: list[Value], named: dict[str, Value] | None) -> Value:
        given = dict(zip((p.name for p in parameters), positional, strict=False)) if named is None else named
        if (len(positional) if named is None else len(named)) != len(parameters) or given.keys() != {
            p.name for p in parameters
        }:
            return None
        return serve(node, given, evaluation)

    kind = node.type.result if isinstance(node.type, FunctionOf) else node.type
    return Function(node.name, parameters, invoke, kind)


def serve(node: Node, given: Mapping[str, Value], evaluation: Evaluation) -> Value:
    """The result of a decision service: that of its one output decision, or a context of several."""
    course = Course(given, evaluation)
    for prefix, required in node.parameters:
        course.take(required, prefix)
    evaluation.enter()
    try:
        results = {output.name: course.value(output, prefix) for prefix, output in node.outputs}
    finally:
        evaluation.leave()
    kind = node.type.result if isinstance(node.type, FunctionOf) else node.type
    return coerce(next(iter(results.values())) if len(results) == 1 else results, kind)


_CIRCLE = Text(
    "decisions require each other in a circle ({names}); remove one of the requirements",
    "القرارات تتطلب بعضها في دائرة ({names})؛ احذف أحد المتطلبات",
)
