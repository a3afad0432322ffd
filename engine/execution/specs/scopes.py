"""Activities that run a scope of their own: embedded sub-processes, transactions, and calls of other processes."""

from __future__ import annotations

from typing import Any

from engine.execution.failures import StepFailed
from engine.execution.normalising.event_subprocesses import inner_start
from engine.execution.running.events import author_of
from engine.execution.running.expressions import evaluate
from engine.execution.running.tokens import STARTED, Token
from engine.execution.specs.base import NO_RESULT, NodeSpec
from engine.text import Text


class SubProcess(NodeSpec):
    """An embedded sub-process: sees the variables around it; its own are its result."""

    def enter(self, token: Token) -> bool:
        token._set_state(STARTED)
        top = token.flow.top_workflow
        inner = top.open_scope(top.subprocess_specs[f"{self._wf_spec.name}/{self.node.id}"], token, {})
        inner.begin(self._entrance(token, inner))
        return False

    @staticmethod
    def _entrance(token: Token, inner: Any) -> str:
        """A wrapper of the normaliser goes on inside from the start event by which it was entered."""
        flow = token.internal_data.get("flow", "")
        source = next((one.source for one in token.node.incoming if one.id == flow), "")
        wanted = inner_start(source, token.node.id)
        return wanted if wanted in inner.scope.nodes else ""

    def act(self, token: Token) -> object:
        return token.result

    def scope_ended(self, host: Token, inner: Any) -> None:
        """The last token of the scope is gone."""
        inner.top_workflow.subprocesses.pop(host.id, None)
        host.result = self.result_of(host, inner)
        host._ready()

    def scope_cancelled(self, host: Token, inner: Any) -> None:
        """What was known when the scope was cut off is left to who goes on from there."""
        self._publish(host, inner)

    def show_variables(self, host: Token) -> None:
        """Let a handler that runs beside the scope see what is known by now."""
        inner = host.flow.top_workflow.subprocesses.get(host.id)
        if inner is not None:
            self._publish(host, inner)

    def result_of(self, host: Token, inner: Any) -> object:
        return NO_RESULT if inner.shares_store else dict(inner.variables)

    def _publish(self, host: Token, inner: Any) -> None:
        if self.node.element is not None and not inner.shares_store and not host.is_loop_instance:
            host.flow.variables[self.node.element.id] = dict(inner.variables)


class CallActivity(SubProcess):
    """Runs another process, which receives only the declared inputs and returns only the declared outputs."""

    def enter(self, token: Token) -> bool:
        top = token.flow.top_workflow
        if self.node.called not in top.subprocess_specs:
            raise StepFailed(author_of(token), _NO_PROCESS.format(process=self.node.called or "-"))
        token._set_state(STARTED)
        inputs = self.values(token, self.node.inputs)
        top.open_scope(top.subprocess_specs[self.node.called], token, inputs).begin()
        return False

    def result_of(self, host: Token, inner: Any) -> object:
        now = inner.top_workflow.surroundings.now()
        scope = inner.visible(None)
        return {name: evaluate(text, scope, now, author_of(host)) for name, text in self.node.outputs}

    def scope_cancelled(self, host: Token, inner: Any) -> None:
        """A call that was cut off returns nothing."""

    def show_variables(self, host: Token) -> None:
        """A called process shows nothing but its outputs, when it ends."""


_NO_PROCESS = Text(
    "no process '{process}' is in the mechanism. The process owner can choose another one to call.",
    "لا يوجد إجراء باسم '{process}' في الآلية. يمكن لمسؤول الإجراءات اختيار إجراء آخر.",
)
