"""Tasks: people's tasks that wait, scripts, decisions and operations that are carried out at once."""

from __future__ import annotations

from engine.decisions.errors import DecisionError
from engine.errors import Refusal
from engine.execution.failures import StepFailed, kind_of
from engine.execution.model import Element
from engine.execution.running.editing import put
from engine.execution.running.events import author_of
from engine.execution.running.expressions import assignments
from engine.execution.running.tokens import Token
from engine.execution.specs.base import NO_RESULT, NodeSpec
from engine.text import Text


class UserTask(NodeSpec):
    """Waits for a person; who that is, is settled when the task opens. Manual tasks wait as well."""

    is_manual = True

    def enter(self, token: Token) -> bool:
        if self.node.element is not None:
            token.internal_data["at"] = token.flow.top_workflow.surroundings.now().isoformat()
            self.address(token)
        return True

    def address(self, token: Token, before: Element | None = None) -> None:
        """Settle who is asked; where the token came from other diagrams (`before`), only if these say it otherwise."""
        element, remembered = self.node.element, token.internal_data
        if element is None:
            return
        for name in ("role", "organisation"):
            expression: str = getattr(element, name)
            if before is not None and getattr(before, name) == expression:
                continue
            remembered.pop(name, None)
            if expression:
                remembered[name] = self._who(token, name, expression)

    def act(self, token: Token) -> object:
        return token.result

    def _who(self, token: Token, name: str, expression: str) -> str:
        value = self.value(token, expression)
        if not isinstance(value, str) or not value:
            raise StepFailed(author_of(token), _NOBODY.format(name=name, expression=expression, found=kind_of(value)))
        return value


class ScriptTask(NodeSpec):
    """Carries out its assignments, one after the other; its drawn inputs are seen by it alone."""

    def act(self, token: Token) -> object:
        written: dict[str, object] = {}
        if self.node.inputs:
            token.internal_data["locals"] = {**(token.locals or {}), **self.values(token, self.node.inputs)}
        for name, expression in assignments(self.node.script, author_of(token)):
            value = self.value(token, expression)
            first, _, inner = name.partition(".")
            if inner:
                value = put(token.flow.visible(token).get(first), inner.split("."), value)
            token.flow.assign(token, first, value)
            written[first] = value
        return written if token.is_loop_instance else NO_RESULT


class BusinessRuleTask(NodeSpec):
    """Asks a decision; what it needs and no input names is taken from the variables in sight."""

    def act(self, token: Token) -> object:
        top = token.flow.top_workflow
        given = {**token.flow.visible(token), **self.values(token, self.node.inputs)}
        try:
            return top.decide(self.node.decision, given)
        except (DecisionError, KeyError) as error:
            reason = error.text if isinstance(error, DecisionError) else _NO_DECISION
            raise StepFailed(author_of(token), reason.format(decision=self.node.decision), error) from error


class ServiceTask(NodeSpec):
    """Has its operation performed; a refusal with a code is an error that a boundary event may catch."""

    def act(self, token: Token) -> object:
        try:
            return self._perform(token)
        except StepFailed as failed:
            failed.place = token.key
            raise

    def _perform(self, token: Token) -> object:
        inputs = self.values(token, self.node.inputs)
        try:
            return token.flow.top_workflow.perform(self.node.operation, inputs, token)
        except StepFailed:
            raise
        except Refusal as refusal:
            code = getattr(refusal, "code", None)
            if not isinstance(code, str):
                raise StepFailed(author_of(token), refusal.text, refusal) from refusal
            self._fail(token, code, refusal)
            return NO_RESULT

    @staticmethod
    def _fail(token: Token, code: str, refusal: Refusal) -> None:
        try:
            token.flow.top_workflow.event_manager.throw_error(token, code, {}, refusal)
        except StepFailed as uncaught:
            raise StepFailed(uncaught.element, refusal.text, refusal) from refusal


_NOBODY = Text(
    "'{expression}' must give the id of its {name}; found {found}. The process owner can mend the diagram.",
    "يجب أن يعطي '\u2066{expression}\u2069' معرّف {name}؛ الموجود {found}. يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
_NO_DECISION = Text(
    "no decision table '{decision}' is in the mechanism. The process owner can add it.",
    "لا يوجد جدول قرار باسم '{decision}' في الآلية. يمكن لمسؤول الإجراءات إضافته.",
)
