"""Brings what is thrown to its catch: one receiver of a message, all of a signal, errors strictly outwards."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn.util.event import EventManager

from engine.execution.failures import StepFailed
from engine.execution.model import Thrown, Values, keys_fit
from engine.execution.reading.definitions import Trigger
from engine.execution.running.expressions import evaluate, is_true
from engine.execution.running.tokens import WAITING, Token
from engine.text import Text


class EventDelivery(EventManager):  # type: ignore[misc]  # SpiffWorkflow has no types
    """SpiffWorkflow's would hand a message to every catch, and an uncaught error to unrelated scopes."""

    def waiting(self, kind: str) -> list[Token]:
        """The tokens that wait for an event of this kind, outermost scope and longest waiting first."""
        return [t for t in self.workflow.all_tokens() if t.state == WAITING and t.node.trigger.kind == kind]

    # Throwing ------------------------------------------------------------------------------------------------------
    def throw(self, token: Token, payload: Values, other: Trigger | None = None) -> None:
        """Throw what the token's event or send task throws, or another trigger from where the token is."""
        trigger = other or token.node.trigger
        if trigger.kind == "message":
            self._throw_message(token, payload, trigger)
        elif trigger.kind == "signal":
            self.broadcast(trigger.name, payload)
            self._leave(token, payload, {}, trigger)
        elif trigger.kind == "error":
            self.throw_error(token, trigger.code, payload)
        elif trigger.kind == "escalation":
            self._outwards(token, "escalation", trigger.code, payload)
        elif trigger.kind == "cancel" and not self._outwards(token, "cancel", "", payload):
            raise StepFailed(author_of(token), _NO_CANCEL)

    def throw_error(self, token: Token, code: str, payload: Values, cause: BaseException | None = None) -> None:
        """An error goes to the innermost catch around it; one that nobody catches fails the step."""
        if not self._outwards(token, "error", code, {"code": code, **payload}):
            name = token.node.trigger.name or code or "-"
            raise StepFailed(author_of(token), _UNCAUGHT.format(code=code or name), cause)

    def broadcast(self, name: str, payload: Values) -> int:
        """A signal goes to all that wait for it."""
        reached = [t for t in self.waiting("signal") if t.node.trigger.name == name]
        return sum(self.deliver(token, payload) for token in reached)

    def deliver(self, token: Token, payload: Values) -> int:
        """Hand an event to the catch that waits for it, unless another delivery has just ended its wait."""
        if token.state != WAITING or token.id not in token.flow.tasks:
            return 0
        token.task_spec.caught(token, payload)
        return 1

    def _throw_message(self, token: Token, payload: Values, trigger: Trigger) -> None:
        keys = self._keys_thrown(token, payload, trigger)
        for catch in self.waiting("message"):
            if catch.node.trigger.name == trigger.name and keys_fit(self.keys_expected(catch), keys):
                self.received(catch, payload, keys)
                return
        self._leave(token, payload, keys, trigger)

    def _leave(self, token: Token, payload: Values, keys: Values, trigger: Trigger) -> None:
        element = token.node.element
        if element is None:  # a generated throw stands for its author's event
            element = token.flow.scope_element(token.node.id)
        self.workflow.surroundings.trigger(
            Thrown(trigger.kind, trigger.name, dict(payload), dict(keys), element, trigger.reach)
        )

    def _outwards(self, token: Token, kind: str, code: str, payload: Values) -> bool:
        """The innermost activity around the token that has a catch for it, and no one else."""
        for host in _hosts(token):
            catches = [t for t in host.flow.hosted(host) if t.state == WAITING and _catches(t.node.trigger, kind, code)]
            if catches:
                self.deliver(max(catches, key=lambda t: t.node.trigger.code == code), payload)
                return True
        return False

    # Correlation ---------------------------------------------------------------------------------------------------
    def received(self, catch: Token, payload: Values, keys: Values) -> None:
        """A message has come to the catch that waits for it."""
        self.converse(catch, payload, keys)
        self.deliver(catch, payload)

    def converse(self, catch: Token, payload: Values, keys: Values) -> None:
        """The properties of the message that has come are the keys of the conversation from now on."""
        named = {name: keys[name] for name, _ in catch.node.trigger.properties if name in keys}
        catch.flow.correlations.update({**named, **self._properties(catch, payload, catch.node.trigger)})

    def keys_expected(self, catch: Token) -> dict[str, object]:
        """The keys a message must carry to be meant for this catch."""
        trigger = catch.node.trigger
        if trigger.correlation:
            return _as_keys(self._value(catch, trigger.correlation, catch.flow.visible(catch)))
        known = {**self._subscribed(catch), **catch.flow.correlations}
        return {name: known[name] for name, _ in trigger.properties if known.get(name) is not None}

    def _keys_thrown(self, token: Token, payload: Values, trigger: Trigger) -> dict[str, object]:
        if trigger.correlation:
            return _as_keys(self._value(token, trigger.correlation, token.flow.visible(token)))
        known = token.flow.correlations
        known.update(self._properties(token, payload, trigger))
        return {name: known[name] for name, _ in trigger.properties if name in known}

    def _subscribed(self, catch: Token) -> dict[str, object]:
        """The keys the process has itself bound to its variables, by a correlation subscription."""
        scope = catch.flow.visible(catch)
        return {name: self._value(catch, text, scope) for name, text in catch.node.trigger.bindings}

    def _properties(self, token: Token, payload: Values, trigger: Trigger) -> dict[str, object]:
        scope: Mapping[str, object] = ChainMap(dict(payload), token.flow.visible(token))
        values = {name: self._value(token, text, scope) for name, text in trigger.properties}
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, token: Token, text: str, scope: Mapping[str, object]) -> object:
        return evaluate(text, scope, self.workflow.surroundings.now(), author_of(token))

    # Conditions ----------------------------------------------------------------------------------------------------
    def refresh_conditions(self) -> None:
        """Fire each conditional catch whose condition has become true since it was last looked at."""
        for token in self.waiting("conditional"):
            if token.id not in token.flow.tasks:
                continue
            scope, now = token.flow.visible(token), self.workflow.surroundings.now()
            held = token.internal_data.get("held", False)
            token.internal_data["held"] = is_true(token.node.trigger.condition, scope, now, author_of(token))
            if token.internal_data["held"] and not held:
                self.deliver(token, {})


def author_of(token: Token) -> str:
    """The author's id of a token's element; of what the normaliser made, the element it stands for."""
    return token.node.id.split("::", 1)[0]


def _hosts(token: Token) -> Iterator[Token]:
    """The activities around a token, from itself outwards; instances of a loop also lead to the loop."""
    current: Any = token
    while current is not None:
        yield current
        current = current.parent if current.is_loop_instance else current.flow.host


def _catches(trigger: Trigger, kind: str, code: str) -> bool:
    """A catch without a code takes every code, except the normaliser's own."""
    return trigger.kind == kind and (trigger.code == code or (trigger.takes_all and "::" not in code))


def _as_keys(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {"correlation": value}


_UNCAUGHT = Text(
    "the error '{code}' is caught nowhere. Expected a boundary event of this code on the activity or around it. "
    "The process owner can mend the diagram.",
    "الخطأ '{code}' لا يلتقطه أي حدث. المتوقع حدث حدّي بهذا الرمز على النشاط أو حوله. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
_NO_CANCEL = Text(
    "the transaction is cancelled, but no cancel event stands on its boundary. The process owner can mend the diagram.",
    "أُلغيت المعاملة دون حدث إلغاء على حدودها. يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
