"""A running process: every act runs it on until all its tokens wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from engine.execution import snapshot
from engine.execution.acting import do
from engine.execution.correction import correct
from engine.execution.failures import NoLongerWaiting, StepFailed
from engine.execution.history import Act, History
from engine.execution.migration.moving import moved
from engine.execution.migration.plan import Plan
from engine.execution.migration.transfer import Transfer
from engine.execution.model import (
    Position,
    Process,
    RunningScope,
    State,
    Step,
    Surroundings,
    Values,
    WaitingCatch,
    WaitingTask,
    WaitingTimer,
)
from engine.execution.running.editing import names, scope_key
from engine.execution.running.ledger import Ledger
from engine.execution.running.outcomes import outcome_of
from engine.execution.running.timers import waiting_timer
from engine.execution.running.tokens import READY, WAITING, Token
from engine.execution.running.workflows import TopFlow
from engine.text import Text

if TYPE_CHECKING:
    from engine.execution.mechanism import Mechanism

CATCHES = ("message", "signal", "conditional")


class Instance:
    """One instance of a process. After a `StepFailed` it must be thrown away: its last saved state is the good one."""

    def __init__(self, mechanism: Mechanism, process: Process, top: TopFlow, state: State = "running") -> None:
        self.process = process
        self.state: State = state
        self.problem: Text | None = None
        self.mechanism, self._top = mechanism, top
        self.history = History()

    # Beginning and saving ------------------------------------------------------------------------------------------
    @classmethod
    def start(
        cls, mechanism: Mechanism, process_id: str, variables: Values, surroundings: Surroundings, at: str = "",
        payload: Values | None = None, keys: Values | None = None, keep_trace: bool = False,
    ) -> Instance:  # fmt: skip
        """A new instance, run until all tokens wait. `at` names the start event that something has triggered."""
        process = mechanism.processes[process_id]
        ledger = Ledger(uuid4().hex, keep_trace)
        top = TopFlow(mechanism.specs, process_id, surroundings, ledger, mechanism.decide)
        one = cls(mechanism, process, top)
        given, came, named = (mechanism.adapt(values or {}) for values in (variables, payload, keys))
        one._act(Act("start", surroundings.now(), at, given, came, keys=named))
        return one

    @classmethod
    def restore(
        cls, mechanism: Mechanism, state: bytes, surroundings: Surroundings, keep_trace: bool = False
    ) -> Instance:
        """The instance that was saved as `state`. Raises `DamagedSnapshot`."""
        with snapshot.whole():
            content = snapshot.read(state)
            ledger = Ledger(content["seed"], keep_trace)
            ledger.counts, ledger.made = content["counts"], content["made"]
            top = TopFlow(mechanism.specs, content["process"], surroundings, ledger, mechanism.decide)
            snapshot.fill(top, content)
            top.completed = content["state"] == "completed"
            one = cls(mechanism, mechanism.processes[content["process"]], top, content["state"])
            one.history = History(content["sealed"], content["latest"])
        return one

    def dump(self) -> bytes:
        """All that is needed to go on later, in another process."""
        return snapshot.dump(self._top, self.state, self.history)

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

    def scopes(self) -> list[RunningScope]:
        """Everything that runs and has variables of its own, outermost first."""
        running = [flow for flow in self._top.flows() if not flow.shares_store]
        return [RunningScope(scope_key(one), one.scope.process_id, tuple(names(one.variables))) for one in running]

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
    def flows(self) -> list[tuple[str, str]]:
        """The sequence flows taken, in order, each with the process it is drawn in; kept with the trace."""
        return self._top.ledger.flows

    # Acts ----------------------------------------------------------------------------------------------------------
    def complete(self, task_id: str, answers: Values) -> None:
        """Complete a user task with its coded answers."""
        token = self._find(task_id)
        if token.state != READY or not token.task_spec.manual:
            raise NoLongerWaiting(waiting=task_id)
        self._act(Act("complete", self._now(), token.key, self.mechanism.adapt(answers)))

    def fire(self, timer_id: str) -> None:
        """Let a clock fire; whether it is due is for the caller to say."""
        token = self._find(timer_id)
        if token.state != WAITING or "timer" not in token.internal_data:
            raise NoLongerWaiting(waiting=timer_id)
        self._act(Act("fire", self._now(), token.key))

    def rearm(self, task_id: str) -> None:
        """Let the clocks on a waiting task count from now on: it was held, and nobody could do it before."""
        token = self._find(task_id)
        if token.state != READY or not token.task_spec.manual:
            raise NoLongerWaiting(waiting=task_id)
        self._act(Act("rearm", self._now(), token.key))

    def deliver(self, catch_id: str, payload: Values, keys: Values | None = None) -> None:
        """Hand a message (or signal) to the one catch that was found for it; `keys` it carries beside its payload."""
        token = self._find(catch_id)
        if token.state != WAITING or token.node.trigger.kind not in CATCHES:
            raise NoLongerWaiting(waiting=catch_id)
        given, named = self.mechanism.adapt(payload), self.mechanism.adapt(keys or {})
        self._act(Act("deliver", self._now(), token.key, given, keys=named))

    def signal(self, name: str, payload: Values) -> int:
        """Broadcast a signal from outside; how many catches it reached."""
        reached = sum(token.node.trigger.name == name for token in self._top.event_manager.waiting("signal"))
        if reached:
            self._act(Act("signal", self._now(), name, self.mechanism.adapt(payload)))
        return reached

    def correct(self, task_id: str, answers: Values) -> None:
        """Change the answers of a completed task; what was done since is kept where the same task opens again.

        Operations performed before are not performed again. The steps tell what changed: `corrected`, `completed`, and
        `cancelled` for work that no longer stands on the way. Raises `NothingToCorrect`.
        """
        correct(self, task_id, self.mechanism.adapt(answers))

    def declare(self, place: str, outputs: Values) -> None:
        """Take these outputs for the answer of one operation (`StepFailed.place`), which is then not performed."""
        self._top.results = {place: outcome_of(lambda: outputs)}

    @property
    def declared(self) -> Mapping[str, object]:
        """What was declared in place of operations, by their place."""
        return self._top.results

    def edit(self, scope: str, values: Values) -> None:
        """Give variables of one running scope other values by hand; their names may be paths. Conditions see them."""
        if scope not in {one.key for one in self.scopes()}:
            raise NoLongerWaiting(waiting=scope)
        self._act(Act("edit", self._now(), scope, self.mechanism.adapt(values)))

    def move(self, mechanism: Mechanism, plan: Plan, way: tuple[str, str] = ("", "")) -> Transfer:
        """Go on with another release; `way` names the two. After a `CannotMove` the instance must be thrown away."""
        self._top.performed = []
        top, transfer = moved(self._top, mechanism, plan)
        outcomes = tuple((str(key), known) for key, known in top.performed)
        written = {**plan.written(), "before": way[0]}
        self.history.append(Act("move", self._now(), way[1], written, outcomes=outcomes))
        self._top, self.mechanism, self.process = top, mechanism, mechanism.processes[self.process.id]
        self.state = "completed" if top.completed else "running"
        transfer.has_acted = bool(outcomes)
        return transfer

    def return_to(self, mechanism: Mechanism, state: bytes) -> None:
        """Stand again where the instance stood when it was saved as `state`, on the diagrams of then."""
        old = Instance.restore(mechanism, state, self.surroundings)
        old._top.ledger.steps = self.steps
        self._top, self.mechanism, self.process = old._top, mechanism, old.process
        self.history, self.state = old.history, old.state

    # How -----------------------------------------------------------------------------------------------------------
    @property
    def surroundings(self) -> Surroundings:
        return self._top.surroundings

    @property
    def ledger(self) -> Ledger:
        return self._top.ledger

    def become(self, top: TopFlow, history: History, steps: list[Step]) -> None:
        """Stand where a corrected way has led to."""
        top.ledger.steps = [*self.steps, *steps]
        self._top, self.history = top, history
        self.state = "completed" if top.completed else "running"

    def _act(self, act: Act) -> None:
        self._top.performed = []
        try:
            do(self._top, act)
        except StepFailed as failure:
            self.state, self.problem, failure.instance = "failed", failure.text, self
            raise
        outcomes = tuple((str(key), known) for key, known in self._top.performed)
        self.history.append(replace(act, outcomes=outcomes))
        if self._top.completed:
            self.state = "completed"

    def _now(self) -> datetime:
        return self._top.surroundings.now()

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
