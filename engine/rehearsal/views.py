"""What a rehearsal shows and refuses: started instances, waiting tasks, what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine import execution
from engine.errors import Refusal
from engine.text import Text


class NotWaiting(Refusal):
    """The task is not open (any more)."""

    sentence = Text(
        "No open task '{task}' was found. Open now: {open}.",
        "لا توجد مهمة مفتوحة باسم '{task}'. المفتوح الآن: {open}.",
    )


class NotOneReceiver(Refusal):
    """A message reached more than one waiting instance."""

    sentence = Text(
        "Message '{message}' fits {found} waiting receivers; expected exactly one. Its sender must give more keys.",
        "الرسالة '{message}' تطابق {found} من المستقبلين المنتظرين؛ المتوقع واحد فقط. على المرسل تحديد مفاتيح أكثر.",
    )


class NeverRests(Refusal):
    """Instances sent one another messages or signals without end."""

    sentence = Text(
        "More than {limit} messages and signals followed one another, the last of them '{event}'. "
        "Expected that all instances wait at some time. The process owner can mend the diagrams.",
        "تتابعت أكثر من {limit} رسالة وإشارة، آخرها '{event}'. المتوقع أن تنتظر كل الحالات في وقت ما. "
        "يمكن لمسؤول الإجراءات تصحيح المخططات.",
    )


class NoSuchBeginning(Refusal):
    """The story begins with something that the mechanism does not have."""

    sentence = Text(
        "The story begins with “{found}”, which is not there. Expected one of: {known}.",
        "تبدأ القصة بـ«{found}» وهو غير موجود. المتوقع أحد: {known}.",
    )


class TooManyClocks(Refusal):
    """A move of the clock let clocks fire without end."""

    sentence = Text(
        "More than {limit} clocks ran out on the way, and it is only {now}. Expected that the clock is moved by less, "
        "or that a clock that repeats ends. The process owner can mend the diagrams.",
        "انقضى أكثر من {limit} موعد في الطريق ولم نتجاوز بعد \u2066{now}\u2069. المتوقع تقديم الساعة بمدة أقصر، أو أن "
        "ينتهي الموعد المتكرر. يمكن لمسؤول الإجراءات تصحيح المخططات.",
    )


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened at an element: it was `completed`, `cancelled`, or its event `fired`.

    `person`: who completed a task, as `case_coordinator-1`, the first of the role.
    """

    at: datetime
    instance: str
    process: str
    element: str
    event: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A user task that waits for somebody. `held` where the consent for its purpose is missing.

    `item`: that of the repetition it is in, or None.
    """

    id: str
    element: str
    name: Text
    instance: str
    role: str
    organisation: str
    visit: int
    variables: Mapping[str, object]
    held: bool
    item: object = None


@dataclass(slots=True)
class Instance:
    """One started process, as a rehearsal shows it. `trace` holds the ids of completed elements, in order."""

    id: str
    process: str
    state: str
    variables: Mapping[str, object]
    problem: Text | None = None
    trace: list[str] = field(default_factory=list)
    flows: list[tuple[str, str]] = field(default_factory=list)
    completed_by: dict[str, str] = field(default_factory=dict)
    saved: bytes = b""

    def show(self, live: execution.Instance) -> None:
        """Show where a step has led to."""
        self.state, self.problem, self.variables = live.state, live.problem, dict(live.variables)
        self.trace += live.trace
        self.flows += live.flows
