"""The running scopes of an instance: SpiffWorkflow's workflows, each with one store of variables for all its tokens."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine.execution.failures import StepFailed
from engine.execution.model import Element, Surroundings
from engine.execution.reading.definitions import Flow, Scope
from engine.execution.running.events import EventDelivery
from engine.execution.running.ledger import Ledger
from engine.execution.running.outcomes import outcome_of, result_of
from engine.execution.running.script_engine import FeelOnly
from engine.execution.running.tokens import CANCELLED, FUTURE, WAITING, Token
from engine.text import Text

LIMIT_DEPTH = 60
"""How deep scopes may lie in one another: deeper is a process that calls itself without end."""


class ScopeFlow:
    """What the process itself, called processes and embedded sub-processes have in common."""

    spec: Any
    tasks: dict[UUID, Token]
    task_tree: Token
    top_workflow: Any
    completed: bool

    variables: dict[str, object]
    correlations: dict[str, object]
    host: Token | None
    is_called: bool
    path: tuple[str, ...]

    @property
    def scope(self) -> Scope:
        return self.spec.scope  # type: ignore[no-any-return]  # SpiffWorkflow has no types

    @property
    def shares_store(self) -> bool:
        """A wrapper the normaliser made uses the variables of the author's scope around it."""
        return self.scope.is_generated and not self.is_called

    # Tokens --------------------------------------------------------------------------------------------------------
    def plant(self) -> None:
        """The root at which all tokens of the scope hang."""
        self.task_tree = Token(self, self.spec.start, state=CANCELLED)

    def tokens(self) -> Iterator[Token]:
        """Every token that is still going on."""
        return (token for token in self.tasks.values() if token is not self.task_tree)

    def begin(
        self, start_id: str = "", payload: Mapping[str, object] | None = None, keys: Mapping[str, object] | None = None
    ) -> None:
        """Put a token on the start event asked for, else on the one without a trigger."""
        self.plant()
        starts = self.scope.starts()
        plain = [node for node in starts if node.trigger.kind == "none"]
        exactly = [node for node in starts if node.id == start_id]
        asked = [node for node in starts if node.id.split("::")[0] == start_id]
        token = self.add((exactly or asked or plain or starts)[0].id)
        token.result = dict(payload or {})
        if start_id:
            self.top_workflow.event_manager.converse(token, payload or {}, keys or {})
        token.task_spec._update(token)

    def place(self, spec_name: str) -> str:
        """Where a token is, as a text: process, calls and sub-processes around it, node."""
        return f"{self.scope.process_id}|{'/'.join(self.path)}|{spec_name}"

    def add(self, node_id: str, state: int = FUTURE, parent: Token | None = None, **remembered: object) -> Token:
        ledger, place = self.top_workflow.ledger, self.place(node_id)
        number = ledger.number(place)
        token_id = ledger.id_of(place, number)
        token = Token(self, self.spec.task_specs[node_id], parent or self.task_tree, state=state, id=token_id)
        token.internal_data.update(remembered, n=number)
        return token

    def send(self, flow: Flow) -> None:
        """Let a token go along a sequence flow."""
        self.top_workflow.ledger.took(self.scope.process_id, flow.id)
        token = self.add(flow.target, flow=flow.id)
        token.task_spec._update(token)

    def forget(self, token: Token) -> None:
        """Take a finished token out; its loop instances, if any are left, are finished too."""
        if token.id in self.tasks:
            self._remove_task(token.id)  # type: ignore[attr-defined]  # SpiffWorkflow has no types

    def _task_removed_notify(self, task: Token) -> None:
        """Nobody listens; SpiffWorkflow would walk its subscribers for each token."""

    def hosted(self, token: Token) -> list[Token]:
        """The boundary events that wait on an activity."""
        return [other for other in self.tokens() if other.host == token.hex]

    def cancel_token(self, token: Token) -> None:
        """Cancel a token with everything that hangs on it: boundary events, loop instances, a running sub-process."""
        if token.id not in self.tasks:
            return
        for other in [*self.hosted(token), *token.children]:
            self.cancel_token(other)
        top = self.top_workflow
        inner = top.subprocesses.get(token.id)
        if inner is not None:
            token.task_spec.scope_cancelled(token, inner)
            inner.cancel_all()
        if not token.task_spec.is_loop and (token.state != WAITING or token.node.kind == "receiveTask"):
            top.ledger.happened(token, "cancelled", top.surroundings.now())
        top.event_manager.remove_task(token)
        token._set_state(CANCELLED)
        self.forget(token)

    def cancel_all(self) -> None:
        """Cancel every token of the scope and take the scope away."""
        for token in list(self.tokens()):
            self.cancel_token(token)
        self.completed = True
        if self.host is not None:
            self.top_workflow.subprocesses.pop(self.host.id, None)

    def _task_completed_notify(self, token: Token) -> None:
        self.forget(token)
        self.settle()

    def settle(self) -> None:
        """After a token has moved: joins that may now go on; the scope's end when nothing is left in it."""
        if self.completed:
            return
        for token in [one for one in self.tokens() if one.state == WAITING and hasattr(one.task_spec, "reconsider")]:
            if token.id in self.tasks:
                token.task_spec.reconsider(token)
        if len(self.tasks) == 1:
            self.completed = True
            if self.host is not None:
                self.host.task_spec.scope_ended(self.host, self)

    # Variables -----------------------------------------------------------------------------------------------------
    def visible(self, token: Token | None) -> ChainMap[str, object]:
        """What an expression at the token sees: the loop instance, the scope, and outwards up to the next call."""
        stores = self._stores(token)
        named = self._by_drawn_name(stores)
        return ChainMap(*stores, named) if named else ChainMap(*stores)

    def _by_drawn_name(self, stores: list[dict[str, object]]) -> dict[str, object]:
        """Data objects may be spoken of by their id or by the name they are drawn with."""
        found: dict[str, object] = {}
        for one, other in self._drawn_names():
            for name, twin in ((one, other), (other, one)):
                for store in stores:
                    if twin in store and not any(name in own for own in stores):
                        found.setdefault(name, store[twin])
        return found

    def _drawn_names(self) -> list[tuple[str, str]]:
        """Pairs of names for one data object, of this scope and those it reads."""
        pairs = list(self.scope.aliases.items())
        return pairs if self.is_called or self.host is None else pairs + self.host.flow._drawn_names()

    def _stores(self, token: Token | None) -> list[dict[str, object]]:
        stores: list[dict[str, object]] = []
        flow: Any = self
        while True:
            while token is not None and token is not flow.task_tree:
                if token.locals is not None:
                    stores.append(token.locals)
                token = token.parent
            if not flow.shares_store or flow.host is None:
                stores.append(flow.variables)
            if flow.is_called or flow.host is None:
                return stores
            token, flow = flow.host, flow.host.flow

    def assign(self, token: Token, name: str, value: object) -> None:
        """Write a plain variable where it lives, or in this scope if it is new."""
        pairs = self._drawn_names()
        twins = [name, *(two for one, two in pairs if one == name), *(one for one, two in pairs if two == name)]
        for store in self._stores(token):
            for twin in twins:
                if twin in store:
                    store[twin] = value
                    return
        self.variables[name] = value

    def scope_element(self, node_id: str) -> Element:
        """The author's element that a generated node stands for."""
        author = node_id.split("::", 1)[0]
        flow: Any = self
        while flow is not None:
            node = flow.scope.nodes.get(author)
            if node is not None and node.element is not None:
                return node.element  # type: ignore[no-any-return]  # SpiffWorkflow has no types
            flow = flow.host.flow if flow.host is not None else None
        return Element(author, "process", Text(""), self.scope.process_id)


class SubFlow(ScopeFlow, BpmnSubWorkflow):  # type: ignore[misc]
    """A called process or an embedded sub-process that runs inside an instance."""

    def __init__(self, spec: Any, host: Token, top: Any, variables: dict[str, object] | None = None) -> None:
        self.host, self._outer = host, host.flow
        self.is_called = spec.scope.kind == "process"
        super().__init__(spec, host.id, top, deserializing=True)
        element = host.node.element
        self.path = (*self._outer.path, element.id) if element is not None else self._outer.path
        self.variables = self._outer.variables if self.shares_store else (variables if variables is not None else {})
        self.correlations = {} if self.is_called else self._outer.correlations
        top.subprocesses[host.id] = self

    @property
    def parent_workflow(self) -> Any:
        return self._outer


class TopFlow(ScopeFlow, BpmnWorkflow):  # type: ignore[misc]
    """The process an instance was started with, and what all its scopes share."""

    def __init__(
        self,
        specs: Mapping[str, Any],
        process_id: str,
        surroundings: Surroundings,
        ledger: Ledger,
        decide: Callable[[str, Mapping[str, object]], object],
    ) -> None:
        super().__init__(specs[process_id], dict(specs), script_engine=FeelOnly(), deserializing=True)
        self.event_manager = EventDelivery(self)
        self.surroundings, self.ledger = surroundings, ledger
        self.host, self.is_called, self.path = None, True, ()
        self.variables, self.correlations = {}, {}
        self.decide = decide
        self.performed: list[list[object]] = []
        self.results: Mapping[str, object] = {}

    def _task_removed_notify(self, task: Token) -> None:
        """As in the other scopes."""

    def open_scope(self, spec: Any, host: Token, variables: dict[str, object]) -> SubFlow:
        """A new scope inside the activity `host` stands for."""
        if host.flow.depth >= LIMIT_DEPTH:
            raise StepFailed(host.node.id.split("::", 1)[0], _TOO_DEEP.format(limit=LIMIT_DEPTH))
        return SubFlow(spec, host, self, variables)

    def perform(self, operation: str, inputs: Mapping[str, object], token: Token) -> dict[str, object]:
        """Have a service task's operation performed, unless its result is known because the same way is taken again."""
        element = token.node.element or token.flow.scope_element(token.node.id)
        known = self.results.get(token.key)
        if known is None:
            known = outcome_of(lambda: self.surroundings.perform(operation, inputs, element, token.flow.path))
        self.performed.append([token.key, known])
        return result_of(known)

    def flows(self) -> list[ScopeFlow]:
        """All running scopes, outermost first."""
        return [self, *sorted(self.subprocesses.values(), key=lambda flow: flow.depth)]

    def all_tokens(self) -> Iterator[Token]:
        for flow in self.flows():
            yield from flow.tokens()

    def find(self, token_hex: str) -> Token | None:
        token_id = UUID(hex=token_hex)
        return next((flow.tasks[token_id] for flow in self.flows() if token_id in flow.tasks), None)


_TOO_DEEP = Text(
    "processes call one another more than {limit} deep. Expected a call that comes to an end. "
    "The process owner can mend the diagram.",
    "تستدعي الإجراءات بعضها بعمق يتجاوز {limit}. المتوقع استدعاء ينتهي. يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
