"""How instances of one process are to be carried over, what came of it, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.errors import Refusal
from engine.text import Text

Change = Literal[
    "moved", "clock_new", "clock_changed", "clock_gone", "event_new", "event_gone",
    "address_changed", "consent_changed", "form_changed", "overdue", "draft_lost", "performs",
]  # fmt: skip
"""What may change for an instance; those of the second line are seen only with what is kept beside it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What people chose; everything else is carried over by its id.

    `targets`: element -> the element of the new diagrams at which what waits there goes on, as if it had just come.
    `also`: elements of the new diagrams that begin besides.
    `from_now`: clocks that are new count from the move, not from the day their step began.
    """

    targets: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    from_now: bool = False

    def written(self) -> dict[str, Any]:
        """As plain JSON, for a history or a row."""
        return {"targets": dict(self.targets), "also": list(self.also), "from_now": self.from_now}

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Plan:
        return cls(dict(written["targets"]), tuple(written["also"]), bool(written["from_now"]))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that changes for an instance by its move, at an element (of the old diagrams where it is gone)."""

    change: Change
    process_id: str
    element: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an instance cannot be carried over: what is at this element of the old diagrams has nowhere to go on.

    `is_choice`: a person can choose where (`Plan.targets`), or what begins besides (`Plan.also`).
    """

    process_id: str
    element: str
    text: Text
    is_choice: bool = True


class CannotMove(Refusal):
    """The instance stays as it was; `hindrances` say at which elements and why."""

    sentence = Text(
        "The case cannot go on with the other release: {reason}", "لا يمكن نقل الملف إلى الإصدار الآخر: {reason}"
    )

    def __init__(self, hindrances: Sequence[Hindrance]) -> None:
        super().__init__(reason=hindrances[0].text)
        self.hindrances = tuple(dict.fromkeys(hindrances))


GONE = Text(
    "the new release has no step '{element}'. Choose where what waits there goes on.",
    "لا توجد الخطوة '{element}' في الإصدار الجديد. يُرجى اختيار الموضع الذي يُستكمل منه.",
)
OTHER_KIND = Text(
    "the step '{element}' is of another kind in the new release. Choose where what waits there goes on.",
    "الخطوة '{element}' من نوع آخر في الإصدار الجديد. يُرجى اختيار الموضع الذي يُستكمل منه.",
)
ELSEWHERE = Text(
    "the step '{element}' lies in another part of the process in the new release, which has values of its own. "
    "Choose where what waits there goes on.",
    "تقع الخطوة '{element}' في الإصدار الجديد داخل جزء آخر من الإجراء له قيمه الخاصة. "
    "يُرجى اختيار الموضع الذي يُستكمل منه.",
)
NO_SUCH_TARGET = Text(
    "the chosen step '{element}' is not in this part of the new diagrams. Choose another one.",
    "الخطوة المختارة '{element}' غير موجودة في هذا الجزء من المخططات الجديدة. يُرجى اختيار خطوة أخرى.",
)
STRANDED = Text(
    "the join '{element}' would wait for ever: one of its ways would never be taken. "
    "Choose a step of that way that begins besides.",
    "ستنتظر البوابة '{element}' بلا نهاية: أحد مساراتها لن يُسلك أبدًا. يُرجى اختيار خطوة من ذلك المسار لتبدأ أيضًا.",
)
NOT_NOW = Text(
    "what is running at '{element}' cannot be carried over while it runs. Move the case when it has ended.",
    "لا يمكن نقل ما يجري في '{element}' أثناء سيره. يُرجى نقل الملف بعد انتهائه.",
)
NO_PROCESS = Text(
    "the new release has no process '{element}'. The case stays on its release until it ends.",
    "لا يوجد الإجراء '{element}' في الإصدار الجديد. يبقى الملف على إصداره حتى ينتهي.",
)
