"""A running process: every act runs it on until all its tokens wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from engine.execution import snapshot
from engine.execution.failures import NoLongerWaiting, StepFailed
from engine.execution.model import (
    Position,
    Process,
    State,
    Step,
    Surroundings,
    Values,
    WaitingCatch,
    WaitingTask,
    WaitingTimer,
)
from engine.execution.running.events import author_of
from engine.execution.running.ledger import Ledger
from engine.execution.running.timers import fire, waiting_timer
from engine.execution.running.tokens import READY, WAITING, Token
from engine.execution.running.workflows import TopFlow
from engine.text import Text

if TYPE_CHECKING:
    from engine.execution.mechanism import Mechanism

LIMIT_TOKENS = 20_000
"""How many nodes one act may pass: more is a circle in the diagram in which nothing waits."""

CATCHES = ("message", "signal", "conditional")


class Instance:
    """One instance of a process. After a `StepFailed` it must be thrown away: its last saved state is the good one."""

    def __init__(self, mechanism: Mechanism, process: Process, top: TopFlow, state: State = "running") -> None:
        self.process = process
        self.state: State = state
        self.problem: Text | None = None
        self._mechanism, self._top = mechanism, top

    # Beginning and saving ------------------------------------------------------------------------------------------
    @classmethod
    def start(
        cls, mechanism: Mechanism, process_id: str, variables: Values, surroundings: Surroundings, at: str = "",
        payload: Values | None = None, keep_trace: bool = False,
    ) -> Instance:  # fmt: skip
        """A new instance, run until all tokens wait. `at` names the start event that something has triggered."""
        process = mechanism.processes[process_id]
        ledger = Ledger(keep_trace=keep_trace)
        top = TopFlow(mechanism.specs, process_id, surroundings, ledger, mechanism.decide)
        top.variables.update(mechanism.adapt(variables))
        one = cls(mechanism, process, top)
        one._act(lambda: top.begin(at, mechanism.adapt(payload or {})))
        return one

    @classmethod
    def restore(
        cls, mechanism: Mechanism, state: bytes, surroundings: Surroundings, keep_trace: bool = False
    ) -> Instance:
        """The instance that was saved as `state`."""
        content = snapshot.read(state)
        ledger = Ledger(content["counts"], keep_trace)
        top = TopFlow(mechanism.specs, content["process"], surroundings, ledger, mechanism.decide)
        snapshot.fill(top, content)
        top.completed = content["state"] == "completed"
        return cls(mechanism, mechanism.processes[content["process"]], top, content["state"])

    def dump(self) -> bytes:
        """All that is needed to go on later, in another process."""
        return snapshot.dump(self._top, self.state)

    # What waits ----------------------------------------------------------------------------------------------------
    @property
    def variables(self) -> Mapping[str, object]:
        """The variables of the top scope."""
        return self._top.variables

    @property
    def tasks(self) -> list[WaitingTask]:
        return [self._task(t) for t in self._top.all_tokens() if t.state == READY and t.task_spec.manual]

    @property
    def timers(self) -> list[WaitingTimer]:
        """Every clock that runs, also those that are due already."""
        return [waiting_timer(t, self._task_of(t)) for t in self._waiting() if "timer" in t.internal_data]

    @property
    def catches(self) -> list[WaitingCatch]:
        return [self._catch(t) for t in self._waiting() if t.node.trigger.kind in CATCHES]

    def positions(self) -> list[Position]:
        """Where tokens stand and how many have passed, per process and element."""
        return self._top.ledger.positions([t for t in self._top.all_tokens() if not t.task_spec.is_loop])

    def visible_variables(self, task_id: str) -> Mapping[str, object]:
        """What expressions at that task can see."""
        token = self._find(task_id)
        return dict(token.flow.visible(token))

    # What happened -------------------------------------------------------------------------------------------------
    @property
    def steps(self) -> list[Step]:
        """What happened since the last `take_steps`."""
        return self._top.ledger.steps

    def take_steps(self) -> list[Step]:
        steps, self._top.ledger.steps = self._top.ledger.steps, []
        return steps

    @property
    def trace(self) -> list[str]:
        """Ids of completed elements, in order; kept only where asked for."""
        return self._top.ledger.trace

    @property
    def flows(self) -> list[str]:
        """Ids of the sequence flows taken, in order; kept with the trace."""
        return self._top.ledger.flows

    # Acts ----------------------------------------------------------------------------------------------------------
    def complete(self, task_id: str, answers: Values) -> None:
        """Complete a user task with its coded answers."""
        token = self._find(task_id)
        if token.state != READY or not token.task_spec.manual:
            raise NoLongerWaiting(waiting=task_id)
        token.result = dict(self._mechanism.adapt(answers))
        self._act(token.run)

    def fire(self, timer_id: str) -> None:
        """Let a clock fire; whether it is due is for the caller to say."""
        token = self._find(timer_id)
        if token.state != WAITING or "timer" not in token.internal_data:
            raise NoLongerWaiting(waiting=timer_id)
        self._act(lambda: fire(token))

    def deliver(self, catch_id: str, payload: Values) -> None:
        """Hand a message (or signal) to the one catch that was found for it."""
        token = self._find(catch_id)
        if token.state != WAITING or token.node.trigger.kind not in CATCHES:
            raise NoLongerWaiting(waiting=catch_id)
        self._act(lambda: self._top.event_manager.received(token, self._mechanism.adapt(payload)))

    def signal(self, name: str, payload: Values) -> int:
        """Broadcast a signal from outside; how many catches it reached."""
        reached: list[int] = []
        self._act(lambda: reached.append(self._top.event_manager.broadcast(name, self._mechanism.adapt(payload))))
        return reached[0]

    # How -----------------------------------------------------------------------------------------------------------
    def _act(self, act: Callable[[], object]) -> None:
        """Act, then run one engine task at a time, the outermost first, until every token waits."""
        try:
            act()
            self._run()
        except StepFailed as failure:
            self.state, self.problem = "failed", failure.text
            raise
        if self._top.completed:
            self.state = "completed"

    def _run(self) -> None:
        for _ in range(LIMIT_TOKENS):
            self._top.event_manager.refresh_conditions()
            token = self._next()
            if token is None:
                return
            token.run()
        raise StepFailed(author_of(token) if token else self.process.id, _CIRCLE)

    def _next(self) -> Token | None:
        """The next engine task: outer scopes before inner ones, boundary events before what they stand on."""
        for flow in self._top.flows():
            ready = [t for t in flow.tokens() if t.state == READY and not t.task_spec.manual]
            if ready:
                return min(ready, key=lambda t: t.node.kind != "boundaryEvent")
        return None

    def _waiting(self) -> list[Token]:
        return [t for t in self._top.all_tokens() if t.state == WAITING]

    def _find(self, token_id: str) -> Token:
        try:
            token = self._top.find(token_id)
        except ValueError:
            token = None
        if token is None:
            raise NoLongerWaiting(waiting=token_id)
        return token

    def _task(self, token: Token) -> WaitingTask:
        remembered = token.internal_data
        element = token.node.element or token.flow.scope_element(token.node.id)
        return WaitingTask(
            id=token.hex,
            element=element,
            visit=token.visit,
            scope=token.flow.path,
            role=str(remembered.get("role", element.lane)),
            organisation=str(remembered.get("organisation", "")),
            item=_item(token),
            opened_at=datetime.fromisoformat(remembered["at"]),
        )

    def _task_of(self, token: Token) -> str | None:
        """The user task a boundary event stands on."""
        host = self._top.find(token.host) if token.host else None
        return host.hex if host is not None and host.task_spec.manual else None

    def _catch(self, token: Token) -> WaitingCatch:
        trigger = token.node.trigger
        element = token.node.element or token.flow.scope_element(token.node.id)
        keys = self._top.event_manager.keys_expected(token) if trigger.kind == "message" else {}
        return WaitingCatch(token.hex, element, trigger.kind, trigger.name, keys, trigger.reach)


def _item(token: Token) -> object:
    """The item of the loop instance the task is (or is in)."""
    current: Token | None = token
    while current is not None:
        loop = current.parent.node.loop if current.is_loop_instance else None
        if loop is not None and current.locals is not None:
            return current.locals.get(loop.item) if loop.item else current.locals["loopCounter"]
        current = current.flow.host
    return None


_CIRCLE = Text(
    "the process goes round in a circle in which nothing waits. Expected a task, an event or an end on the way. "
    "The process owner can mend the diagram.",
    "يدور الإجراء في حلقة لا انتظار فيها. المتوقع وجود مهمة أو حدث أو نهاية في الطريق. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
