"""What stops a step: it could not be carried out (an incident), or what it was asked for does not wait any more."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.errors import Refusal
from engine.text import Text

if TYPE_CHECKING:
    from engine.execution.instance import Instance


class StepFailed(Refusal):
    """The step cannot go on; it becomes an incident. Throw the instance away: its last saved state is the good one.

    `element` is the author's id of the element that could not do its work, `reason` says why in both languages.
    `place` tells which token of that element it was; `instance` shows how far it came.
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
        self.place = ""
        self.instance: Instance | None = None


class DamagedSnapshot(Refusal):
    """What was saved of an instance cannot be read, or does not belong to the diagrams it is to go on with."""

    sentence = Text(
        "The saved state of this case is damaged: expected {expected}, found {found}. Nothing was changed. "
        "The operators can bring the case back from a backup.",
        "الحالة المحفوظة لهذا الملف تالفة: المتوقع {expected}، والموجود {found}. لم يتغيّر شيء. "
        "يمكن لمشغّلي النظام استعادة الملف من نسخة احتياطية.",
    )


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


def kind_of(value: object) -> Text:
    """What kind of value was found, and not which: an incident is read by people who do not serve the case."""
    return next((words for kind, words in _KINDS.items() if isinstance(value, kind)), _OTHER)


_KINDS: dict[type, Text] = {
    type(None): Text("nothing (null)", "لا شيء (null)"),
    bool: Text("a truth value", "قيمة منطقية"),
    Decimal: Text("a number", "عدد"),
    str: Text("a text", "نص"),
    list: Text("a list", "قائمة"),
    dict: Text("a context", "سياق"),
}
_OTHER = Text("a value of another kind", "قيمة من نوع آخر")
