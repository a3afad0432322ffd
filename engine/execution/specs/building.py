"""Builds SpiffWorkflow's process specs from what was read of a diagram."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from engine.execution.reading.definitions import Node, Scope
from engine.execution.specs.activities import BusinessRuleTask, ScriptTask, ServiceTask, UserTask
from engine.execution.specs.base import NodeSpec
from engine.execution.specs.events import BoundaryEvent, CatchEvent, EndEvent, ReceiveTask, StartEvent, ThrowEvent
from engine.execution.specs.gateways import (
    EventBasedGateway,
    ExclusiveGateway,
    Gathering,
    InclusiveGateway,
    ParallelGateway,
)
from engine.execution.specs.loops import INSTANCE, MultiInstance, StandardLoop
from engine.execution.specs.scopes import CallActivity, SubProcess

ROOT = "::root"

KINDS: dict[str, type[NodeSpec]] = {
    "startEvent": StartEvent,
    "endEvent": EndEvent,
    "intermediateCatchEvent": CatchEvent,
    "intermediateThrowEvent": ThrowEvent,
    "boundaryEvent": BoundaryEvent,
    "sendTask": ThrowEvent,
    "receiveTask": ReceiveTask,
    "task": NodeSpec,
    "userTask": UserTask,
    "manualTask": UserTask,
    "scriptTask": ScriptTask,
    "businessRuleTask": BusinessRuleTask,
    "serviceTask": ServiceTask,
    "exclusiveGateway": ExclusiveGateway,
    "inclusiveGateway": InclusiveGateway,
    "parallelGateway": ParallelGateway,
    "complexGateway": Gathering,
    "eventBasedGateway": EventBasedGateway,
    "subProcess": SubProcess,
    "transaction": SubProcess,
    "callActivity": CallActivity,
}


class ScopeSpec(BpmnProcessSpec):  # type: ignore[misc]
    """The spec of one scope. It has no end join: a scope ends when no token is left in it."""

    def __init__(self, name: str, scope: Scope) -> None:
        WorkflowSpec.__init__(self, name)  # not BpmnProcessSpec's, which adds start and end tasks of its own
        self.scope = scope
        self.io_specification = None
        self.data_objects: dict[str, Any] = {}
        self.data_stores: dict[str, Any] = {}
        self.correlation_keys: dict[str, Any] = {}
        self.bpmn_start_events: list[Any] = []
        self.start = TaskSpec(self, ROOT)
        for node in scope.nodes.values():
            self._add(node)

    def _add(self, node: Node) -> None:
        kind = KINDS[node.kind]
        if node.loop is None:
            kind(self, node)
            return
        loop = StandardLoop if node.loop.kind == "standard" else MultiInstance
        loop(self, node)
        kind(self, node, node.id + INSTANCE)


def build(process: Scope) -> dict[str, ScopeSpec]:
    """The specs of a process and of all scopes inside it, by the name under which running scopes find them."""
    specs: dict[str, ScopeSpec] = {}
    _build(process.id, process, specs)
    return specs


def _build(name: str, scope: Scope, specs: dict[str, ScopeSpec]) -> None:
    specs[name] = ScopeSpec(name, scope)
    for inner in scope.scopes.values():
        _build(f"{name}/{inner.id}", inner, specs)
