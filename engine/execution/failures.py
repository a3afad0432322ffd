"""What stops a step: it could not be carried out (an incident), or what it was asked for does not wait any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import Refusal
from engine.text import Text

if TYPE_CHECKING:
    from engine.execution.instance import Instance


class StepFailed(Refusal):
    """The step cannot go on; it becomes an incident. Throw the instance away: its last saved state is the good one.

    `element` is the author's id of the element that could not do its work, `reason` says why in both languages.
    `instance` shows how far it came.
    """

    sentence = Text(
        "The process stopped at '{element}': {reason}",
        "توقف الإجراء عند '{element}': {reason}",
    )

    def __init__(self, element: str, reason: Text, cause: BaseException | None = None) -> None:
        super().__init__(element=element, reason=reason)
        self.element = element
        self.reason = reason
        self.cause = cause
        self.instance: Instance | None = None


class NothingToCorrect(Refusal):
    """A task was to be corrected that nobody has completed in this instance."""

    sentence = Text(
        "No completed task '{task}' was found in the case. Only a submitted answer can be corrected.",
        "لا توجد مهمة منجزة باسم '{task}' في الملف. لا يُصحَّح إلا جواب سبق إرساله.",
    )


class NoLongerWaiting(Refusal):
    """A task, timer or catch was addressed that is not open (any more)."""

    sentence = Text(
        "Nothing waits under '{waiting}' (any more): it was completed, cancelled or has fired. Reload the case.",
        "لم يعد هناك انتظار باسم '{waiting}': أُنجز أو أُلغي أو انقضى. أعد تحميل الملف.",
    )
