"""Activities carried out several times: over a collection, a number of times, or as long as a condition holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engine.decisions.values import from_json, to_json
from engine.execution.failures import StepFailed, kind_of
from engine.execution.reading.definitions import Loop, Node
from engine.execution.running.events import author_of
from engine.execution.running.expressions import holds
from engine.execution.running.tokens import STARTED, Token
from engine.execution.specs.base import NO_RESULT, NodeSpec, as_mapping
from engine.text import Text

LIMIT_INSTANCES = 10_000
"""The most items a multi-instance activity is carried out for: more is a mistake in its collection."""

INSTANCE = "::instance"
"""Ends the name of the spec that each instance of a loop runs."""


class LoopSpec(NodeSpec):
    """The loop itself: boundary events stand on it, its instances hang at its token."""

    is_loop = True

    def __init__(self, scope_spec: Any, node: Node, name: str = "") -> None:
        super().__init__(scope_spec, node, name)
        if node.loop is None:
            raise ValueError(f"{node.id} is no loop")
        self.loop: Loop = node.loop

    def note_completion(self, token: Token) -> None:
        """Its instances were noted; a loop that had none is noted itself."""
        if not token.internal_data["done"]:
            token.flow.top_workflow.ledger.entered(token)
            super().note_completion(token)

    def begin_instance(self, token: Token, number: int, **own: object) -> None:
        """Let instance `number` (from 1) begin, with variables of its own."""
        variables = {"loopCounter": Decimal(number), **own}
        instance = token.flow.add(self.node.id + INSTANCE, parent=token, locals=variables)
        instance.task_spec._update(instance)

    def instance_completed(self, token: Token, instance: Token) -> None:
        raise NotImplementedError

    def condition(self, token: Token, text: str, own: dict[str, object]) -> bool:
        top = token.flow.top_workflow
        scope = token.flow.visible(token).new_child(own)
        return holds(text, scope, top.surroundings.now(), author_of(token))


class StandardLoop(LoopSpec):
    """Again and again while the condition holds, at most so many times; tested before or after each time."""

    def enter(self, token: Token) -> bool:
        token.internal_data["done"] = 0
        if self.loop.test_before and not self._goes_on(token):
            return True
        token._set_state(STARTED)
        self.begin_instance(token, 1)
        return False

    def instance_completed(self, token: Token, instance: Token) -> None:
        token.internal_data["done"] += 1
        if instance.result is not NO_RESULT and self.node.element is not None:
            token.flow.variables[self.node.element.id] = instance.result
        if self._goes_on(token):
            self.begin_instance(token, token.internal_data["done"] + 1)
        else:
            token._ready()

    def _goes_on(self, token: Token) -> bool:
        done, loop = token.internal_data["done"], self.loop
        if loop.maximum is not None and done >= loop.maximum:
            return False
        return not loop.condition or self.condition(token, loop.condition, {"loopCounter": Decimal(done)})


class MultiInstance(LoopSpec):
    """Once for each item, side by side or one after the other. The result is the list of results, in item order."""

    def enter(self, token: Token) -> bool:
        items = self._items(token)
        as_json = [to_json(one) for one in items]  # as the snapshot holds them: a long list is not turned at every step
        token.internal_data.update(items=as_json, results=[None] * len(items), begun=0, done=0)
        if not items:
            return True
        token._set_state(STARTED)
        for _ in items if self.loop.kind == "parallel" else items[:1]:
            self._begin_next(token)
        return False

    def act(self, token: Token) -> object:
        """The results so far: all of them, or those there were when the completion condition held."""
        results = [from_json(one) for one in token.internal_data["results"] if one is not None]
        values = [one["result"] for one in results]
        if self.loop.result_list:
            token.flow.assign(token, self.loop.result_list, [one.get("item") for one in results])
        return values

    def instance_completed(self, token: Token, instance: Token) -> None:
        remembered, own = token.internal_data, instance.locals or {}
        remembered["done"] += 1
        kept = {"result": None if instance.result is NO_RESULT else instance.result}
        if self.loop.result_item:
            kept["item"] = self._result_item(instance, own)
        remembered["results"][int(str(own["loopCounter"])) - 1] = to_json(kept)
        told = self._told(token, instance, own)
        if not self._throw_events(token, instance, told):
            return
        is_enough = bool(self.loop.completion) and self.condition(token, self.loop.completion, told)
        if remembered["done"] == len(remembered["items"]) or is_enough:
            for other in list(token.children):
                token.flow.cancel_token(other)
            token._ready()
        elif self.loop.kind == "sequential":
            self._begin_next(token)

    def _begin_next(self, token: Token) -> None:
        number = token.internal_data["begun"] + 1
        token.internal_data["begun"] = number
        own: dict[str, object] = {}
        if self.loop.item:
            own[self.loop.item] = from_json(token.internal_data["items"][number - 1])
        if self.loop.result_item:
            own[self.loop.result_item] = None
        self.begin_instance(token, number, **own)

    def _items(self, token: Token) -> list[object]:
        loop = self.loop
        written = loop.collection or loop.cardinality
        value = self.value(token, written)
        if loop.collection:
            if not isinstance(value, list):
                raise StepFailed(author_of(token), _A_LIST.format(expression=written, found=kind_of(value)))
            number = Decimal(len(value))
        elif isinstance(value, Decimal) and value >= 0 and value == value.to_integral_value():
            number = value
        else:
            raise StepFailed(author_of(token), _A_NUMBER.format(expression=written, found=kind_of(value)))
        if number > LIMIT_INSTANCES:
            raise StepFailed(author_of(token), _TOO_MANY.format(limit=LIMIT_INSTANCES, found=number))
        return value if isinstance(value, list) else [Decimal(one) for one in range(1, int(number) + 1)]

    def _result_item(self, instance: Token, own: dict[str, object]) -> object:
        """The output item: written by the instance itself, or an entry of its result, or the whole result."""
        name, result = self.loop.result_item, instance.result
        if own.get(name) is not None:
            return own[name]
        if isinstance(result, dict) and name in result:
            return result[name]
        return None if result is NO_RESULT else result

    def _throw_events(self, token: Token, instance: Token, told: dict[str, object]) -> bool:
        """Throw what the end of this instance throws; whether the activity still goes on after that."""
        for condition, trigger in self.loop.throws:
            if token.id in token.flow.tasks and self.condition(token, condition, told):
                token.flow.top_workflow.event_manager.throw(token, as_mapping(instance.result), trigger)
        return token.id in token.flow.tasks

    def _told(self, token: Token, instance: Token, own: dict[str, object]) -> dict[str, object]:
        """What the conditions of the repetition see: the instance that ended, and how far the activity has come."""
        total, done = len(token.internal_data["items"]), token.internal_data["done"]
        numbers = {
            "numberOfInstances": total,
            "numberOfCompletedInstances": done,
            "numberOfActiveInstances": len(token.children),
            "numberOfTerminatedInstances": 0,
            "nrOfInstances": total,
            "nrOfCompletedInstances": done,
            "nrOfActiveInstances": len(token.children),
        }
        told = {**own, **{name: Decimal(number) for name, number in numbers.items()}}
        if self.node.element is not None and instance.result is not NO_RESULT:
            told[self.node.element.id] = instance.result
        return told


_TOO_MANY = Text(
    "it would be carried out {found} times; at most {limit} are allowed. The process owner can mend the diagram.",
    "سيُنفَّذ {found} مرة؛ الحد الأقصى {limit}. يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
_A_LIST = Text(
    "its collection '{expression}' must be a list; found {found}. The process owner can mend the diagram.",
    "يجب أن تكون مجموعته '\u2066{expression}\u2069' قائمة؛ الموجود {found}. يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
_A_NUMBER = Text(
    "its number of instances '{expression}' must be a whole number, not negative; found {found}. "
    "The process owner can mend the diagram.",
    "يجب أن يكون عدد مراته '\u2066{expression}\u2069' عددًا صحيحًا غير سالب؛ الموجود {found}. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
