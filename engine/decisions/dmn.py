"""DMN models: loaded once, then evaluated by the name or id of a decision, decision service or knowledge model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.decisions import analysis
from engine.decisions.domain import Function, Value, adapt
from engine.decisions.errors import DecisionError
from engine.decisions.graph import Graph
from engine.decisions.logic import ModelProblem
from engine.decisions.requirements import Course, Node, serve
from engine.decisions.scope import TOO_DEEP, Evaluation, weighed
from engine.decisions.tables import Table
from engine.text import Text

__all__ = ["Model", "ModelProblem", "Outcome", "load"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision said, and the ids of the rules that matched on the way."""

    value: Value
    matched: tuple[str, ...]


class Model:
    """A loaded model."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.name: Text = graph.label
        self.namespace: str = graph.namespace
        self.decisions: Mapping[str, Node] = {node.id: node for node in graph.of_kind("decision")}
        self.services: Mapping[str, Node] = {node.id: node for node in graph.of_kind("service")}
        self.knowledge: Mapping[str, Node] = {node.id: node for node in graph.of_kind("knowledge")}
        self.inputs: Mapping[str, Node] = {node.name: node for node in graph.of_kind("input")}

    @property
    def tables(self) -> list[Table]:
        """The decision tables of the model, in file order."""
        return self._graph.tables

    def evaluate(self, decision: str, inputs: Mapping[str, object], *, now: datetime | None = None) -> Value:
        """The result for these inputs; a knowledge model takes its parameters from them, by name."""
        return self.evaluate_table(decision, inputs, now=now).value

    def evaluate_table(self, decision: str, inputs: Mapping[str, object], *, now: datetime | None = None) -> Outcome:
        """The result with the ids of the rules that matched, for coverage."""
        node = self._find(decision)
        try:
            with Evaluation(now) as evaluation:
                value = weighed(_evaluate(node, inputs, evaluation))
        except RecursionError as error:
            raise DecisionError(node.name, 0, TOO_DEEP) from error
        return Outcome(value, tuple(evaluation.matched))

    def required_inputs(self, decision: str) -> list[Node]:
        """The input data that the result depends on."""
        found: dict[Node, None] = {}
        waiting, seen = [self._find(decision)], set()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if node.kind == "input":
                found[node] = None
            waiting.extend(required for _, required in (*node.requirements, *node.parameters))
        return list(found)

    def problems(self) -> list[ModelProblem]:
        """Cells that cannot be parsed, rules that overlap, and combinations of inputs that no rule covers."""
        found = self.unreadable()
        for table in self._graph.tables:
            found.extend(analysis.problems(table))
        return found

    def rules(self) -> list[str]:
        """Ids of every rule of every table of this model, for coverage."""
        return [rule.id for table in self._graph.tables for rule in table.rules]

    def unreadable(self) -> list[ModelProblem]:
        """Only the expressions that cannot be parsed: they raise when they are evaluated."""
        return list(self._graph.problems)

    def _find(self, decision: str) -> Node:
        callable_nodes = [node for node in self._graph.nodes.values() if node.kind != "input"]
        wanted = " ".join(decision.split())
        for node in callable_nodes:
            if node.id == decision:
                return node
        for node in callable_nodes:
            if node.name == wanted:
                return node
        names = ", ".join(node.name for node in callable_nodes)
        raise DecisionError(decision, 0, _UNKNOWN.format(name=decision, names=names))


def _evaluate(node: Node, inputs: Mapping[str, object], evaluation: Evaluation) -> Value:
    if node.kind == "service":
        return serve(node, inputs, evaluation)
    value = Course(inputs, evaluation).value(node)
    if node.kind == "knowledge" and isinstance(value, Function):
        arguments = {p.name: adapt(inputs.get(p.name)) for p in value.parameters}
        return value.invoke(evaluation, [], arguments)
    return value


def load(xml: bytes, imports: Mapping[str, bytes] | None = None) -> Model:
    """The model, with the models it imports by namespace (or under any key: their own namespace counts).

    Raises DecisionError where the XML is unsafe or no DMN, or an import is missing. Unparsable expressions are
    `problems()` and raise only when they are evaluated.
    """
    return Model(Graph.read(xml, imports or {}))


_UNKNOWN = Text(
    "the model has no decision, service or knowledge model “{name}”; it has: {names}",
    "لا يوجد في النموذج قرار أو خدمة أو نموذج معرفة باسم «{name}»؛ الموجود: {names}",
)
