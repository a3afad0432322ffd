"""Events: start, catch, throw, end; and the tasks that send and receive."""

from __future__ import annotations

from engine.execution.model import Values
from engine.execution.running.timers import arm_timer
from engine.execution.running.tokens import WAITING, Token
from engine.execution.specs.base import NO_RESULT, NodeSpec, as_mapping


class StartEvent(NodeSpec):
    """Where a scope begins. What triggered it is its result."""

    def act(self, token: Token) -> object:
        return token.result if token.result else NO_RESULT


class CatchEvent(NodeSpec):
    """Waits for a message, a signal, a clock or a condition. What arrives with it is its result."""

    counts_on_entry = False

    def enter(self, token: Token) -> bool:
        trigger = self.node.trigger
        if trigger.kind == "none":
            token.flow.top_workflow.ledger.entered(token)
            return True
        if trigger.kind == "timer":
            arm_timer(token)
        token._set_state(WAITING)
        return False

    def caught(self, token: Token, payload: Values, missed: int = 0) -> None:
        """The event has happened."""
        self._lose_others(token)
        top = token.flow.top_workflow
        if not self.counts_on_entry:
            top.ledger.entered(token)
        top.ledger.happened(token, "fired", top.surroundings.now(), missed)
        token.result = dict(payload)
        token._ready()

    def act(self, token: Token) -> object:
        return token.result if token.result else NO_RESULT

    def _lose_others(self, token: Token) -> None:
        race = token.internal_data.get("race")
        for other in list(token.flow.tokens()) if race else ():
            if other is not token and other.internal_data.get("race") == race:
                token.flow.cancel_token(other)


class ReceiveTask(CatchEvent):
    """An activity that waits for a message."""

    counts_on_entry = True


class BoundaryEvent(CatchEvent):
    """Stands on an activity: ends it, or runs beside it and waits again."""

    def caught(self, token: Token, payload: Values, missed: int = 0) -> None:
        flow = token.flow
        host = flow.top_workflow.find(token.host)
        super().caught(token, payload, missed)
        if self._ends_host:
            for other in flow.hosted(host):
                if other is not token:
                    flow.cancel_token(other)
            token.internal_data.pop("host")
            flow.cancel_token(host)
        else:
            host.task_spec.show_variables(host)
            self._wait_again(token)
            token.internal_data.pop("host")

    @property
    def _ends_host(self) -> bool:
        return self.node.is_interrupting or self.node.trigger.kind in ("error", "cancel")

    def _wait_again(self, token: Token) -> None:
        """A fresh catch beside the one that fired; a clock only as long as its cycle goes on."""
        timer = token.internal_data.get("timer")
        if timer is not None and timer["left"] == 0:
            return
        again = token.flow.add(self.node.id, WAITING, host=token.host)
        for name in ("held", "timer"):
            if name in token.internal_data:
                again.internal_data[name] = token.internal_data[name]


class ThrowEvent(NodeSpec):
    """Throws a message, a signal or an escalation and goes on. Its inputs are the payload."""

    def act(self, token: Token) -> object:
        token.flow.top_workflow.event_manager.throw(token, self.values(token, self.node.inputs))
        if token.id not in token.flow.tasks:
            self.note_completion(token)  # what it threw has ended its scope, and it has thrown it
        return NO_RESULT


class EndEvent(NodeSpec):
    """Ends its token, after throwing what it throws; a terminate end ends the whole scope."""

    def _run_hook(self, my_task: Token) -> bool | None:
        flow, top = my_task.flow, my_task.flow.top_workflow
        payload = as_mapping(self.values(my_task, self.node.inputs))
        top.ledger.happened(my_task, "completed", top.surroundings.now())
        flow.forget(my_task)
        if self.node.trigger.kind == "terminate":
            for token in list(flow.tokens()):
                flow.cancel_token(token)
        else:
            top.event_manager.throw(my_task, payload)
        flow.settle()
        return None
