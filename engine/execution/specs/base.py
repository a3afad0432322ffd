"""What all nodes have in common: a token enters, waits or runs, its result is written, it leaves along its flows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.specs.base import TaskSpec

from engine.execution.failures import StepFailed
from engine.execution.reading.definitions import Flow, Mappings, Node
from engine.execution.running.events import author_of
from engine.execution.running.expressions import evaluate, holds
from engine.execution.running.tokens import WAITING, Token
from engine.text import Text

NO_RESULT = object()
"""The node writes no variable of its own."""


class NodeSpec(TaskSpec):  # type: ignore[misc]
    """A node without behaviour of its own: the token passes. SpiffWorkflow's predictions of tasks are left out."""

    counts_on_entry = True
    is_manual = False
    is_loop = False

    def __init__(self, scope_spec: Any, node: Node, name: str = "") -> None:
        super().__init__(scope_spec, name or node.id, manual=self.is_manual)
        self.node = node

    # What a kind of node defines -----------------------------------------------------------------------------------
    def enter(self, token: Token) -> bool:
        """Whether the token may run at once; a node that waits sets the token's state itself."""
        return True

    def act(self, token: Token) -> object:
        """Do the work; the answer is the result of the node, or `NO_RESULT`."""
        return NO_RESULT

    def leaving(self, token: Token) -> list[Flow]:
        """The flows taken out of this node: all, or of those with conditions the ones that hold, else the default."""
        flows = self.node.outgoing
        if not any(flow.condition for flow in flows):
            return list(flows)
        taken = [f for f in flows if f.id != self.node.default and (not f.condition or self.flow_holds(token, f))]
        return taken or self.default_flow(token)

    # What SpiffWorkflow calls --------------------------------------------------------------------------------------
    def test(self) -> None:
        """The checks are ours, made when the diagram is loaded."""

    def _predict(self, my_task: Token, *_: object, **__: object) -> None:
        """No future tasks: a token's children exist when it gets there."""

    def _update(self, my_task: Token) -> None:
        if self._update_hook(my_task):
            my_task._ready()

    def _update_hook(self, my_task: Token) -> bool:
        if self.counts_on_entry and not self.is_loop:
            my_task.flow.top_workflow.ledger.entered(my_task)
        self.arm_boundary(my_task)
        return self.enter(my_task)

    def _on_ready(self, my_task: Token) -> None:
        """Nothing to assign: variables live in the scope."""

    def _run_hook(self, my_task: Token) -> bool | None:
        result = self.act(my_task)
        if my_task.id not in my_task.flow.tasks:
            return None  # what it threw has cancelled it
        self.keep(my_task, result)
        return True

    def _on_complete(self, my_task: Token) -> None:
        flow = my_task.flow
        ways = [] if my_task.is_loop_instance else self.leaving(my_task)  # first: a choice that fails completes nothing
        for catch in flow.hosted(my_task):
            flow.cancel_token(catch)
        self.note_completion(my_task)
        if my_task.is_loop_instance:
            container = my_task.parent
            flow.forget(my_task)
            container.task_spec.instance_completed(container, my_task)
        else:
            for out in ways * self.node.completion_quantity:
                flow.send(out)
        flow._task_completed_notify(my_task)

    def _on_cancel(self, my_task: Token) -> None:
        """Tokens are cancelled by their scope."""

    def show_variables(self, host: Token) -> None:
        """Only a sub-process has variables that a handler beside it may want to see."""

    def scope_cancelled(self, host: Token, inner: Any) -> None:
        """Only a sub-process has a scope inside."""

    def note_completion(self, token: Token) -> None:
        top = token.flow.top_workflow
        top.ledger.happened(token, "completed", top.surroundings.now())

    # Shared work ---------------------------------------------------------------------------------------------------
    def arm_boundary(self, token: Token) -> None:
        """Boundary events wait from the moment the activity is entered."""
        if token.is_loop_instance or token.node.kind == "boundaryEvent":
            return
        for event_id in self.node.boundary:
            catch = token.flow.add(event_id, WAITING, host=token.hex)
            catch.task_spec._update(catch)

    def keep(self, token: Token, result: object) -> None:
        """The result of an activity is the variable named by its id."""
        token.result = result
        if result is not NO_RESULT and self.node.element is not None and not token.is_loop_instance:
            token.flow.variables[self.node.element.id] = result
        written = self.node.returned if self.node.kind == "callActivity" else self.node.outputs
        if not token.is_loop_instance:
            for name, value in self.values(token, written).items():
                token.flow.assign(token, name, value)

    def value(self, token: Token, expression: str) -> object:
        top = token.flow.top_workflow
        return evaluate(expression, token.flow.visible(token), top.surroundings.now(), author_of(token))

    def values(self, token: Token, expressions: Mappings) -> dict[str, object]:
        return {name: self.value(token, expression) for name, expression in expressions}

    def flow_holds(self, token: Token, flow: Flow) -> bool:
        top = token.flow.top_workflow
        return holds(flow.condition, token.flow.visible(token), top.surroundings.now(), author_of(token))

    def default_flow(self, token: Token) -> list[Flow]:
        """The default flow; without one the step fails in words."""
        found = [flow for flow in self.node.outgoing if flow.id == self.node.default]
        if not found:
            conditions = ", ".join(flow.condition for flow in self.node.outgoing if flow.condition)
            raise StepFailed(author_of(token), _NO_WAY.format(conditions=conditions))
        return found


def as_mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


_NO_WAY = Text(
    "none of its conditions holds ({conditions}) and it has no default flow. Expected one that holds. "
    "The process owner can mend the diagram.",
    "لا يتحقق أي من شروطه ({conditions}) وليس له مسار افتراضي. المتوقع تحقق شرط واحد. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
