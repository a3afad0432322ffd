"""The clocks of an instance: armed when a token arrives, listed with their due times, fired by the caller."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.clock import WorkingCalendar
from engine.execution.failures import StepFailed, kind_of
from engine.execution.model import Values, WaitingTimer
from engine.execution.reading.definitions import Timing
from engine.execution.running.clocks import due_at, firings_left, first_anchor, is_iso, is_too_long, iso_text
from engine.execution.running.expressions import evaluate
from engine.execution.running.tokens import Token
from engine.text import Text


def arm_timer(token: Token) -> None:
    """Remember what the clock counts and from when; its due time is worked out with the calendar of the day."""
    timing, top = _timing(token), token.flow.top_workflow
    now = top.surroundings.now()
    text = clock_text(timing, token.flow.visible(token), now, token.node.id.split("::", 1)[0])
    anchor = first_anchor(text, now, top.surroundings.calendar)
    token.internal_data["timer"] = {"text": text, "anchor": anchor.isoformat(), "left": firings_left(text)}


def clock_text(timing: Timing, scope: Values, now: datetime, author: str) -> str:
    """What a clock counts, in ISO 8601: as it is written, or as its FEEL says now."""
    value = timing.text if is_iso(timing.text) else evaluate(timing.text, scope, now, author)
    text = iso_text(value)
    if not text or is_too_long(text):
        raise StepFailed(author, _NO_TIME.format(expression=timing.text, found=kind_of(value)))
    return text


def waiting_timer(token: Token, task_id: str | None) -> WaitingTimer:
    """The clock as the rest of the engine sees it."""
    timer = token.internal_data["timer"]
    element = token.node.element or token.flow.scope_element(token.node.id)
    calendar = token.flow.top_workflow.surroundings.calendar
    return WaitingTimer(
        id=token.hex,
        element=element,
        due_at=_due(token, timer, calendar),
        task_id=task_id,
        is_deadline=element.is_deadline,
        expression=timer["text"],
        anchor_at=datetime.fromisoformat(timer["anchor"]),
        left=timer["left"],
        is_reminder=task_id is not None and not token.node.is_interrupting,
    )


def fire(token: Token) -> None:
    """Let the clock fire once. Firings of a cycle that nobody saw are counted in the step, not made up for."""
    top, timer = token.flow.top_workflow, dict(token.internal_data["timer"])
    now, calendar = top.surroundings.now(), top.surroundings.calendar
    due, missed = _due(token, timer, calendar), 0
    left = timer["left"]
    if left != 1:
        due, missed = _last_firing(token, timer, due, now, calendar)
    timer["anchor"] = due.isoformat()
    timer["left"] = None if left is None else left - 1 - missed
    token.internal_data["timer"] = timer
    token.task_spec.caught(token, {}, missed)


def _last_firing(
    token: Token, timer: dict[str, Any], due: datetime, now: datetime, calendar: WorkingCalendar
) -> tuple[datetime, int]:
    """The last firing of a cycle that is due by now, and how many before it were missed."""
    missed, left = 0, timer["left"]
    while left is None or missed + 1 < left:
        following = _due(token, {**timer, "anchor": due.isoformat()}, calendar)
        if following > now or following <= due:
            break
        due, missed = following, missed + 1
    return due, missed


def _timing(token: Token) -> Timing:
    timing = token.node.trigger.timing
    if timing is None:
        raise ValueError(f"{token.node.id} is no timer")
    return timing


def _due(token: Token, timer: dict[str, Any], calendar: WorkingCalendar) -> datetime:
    anchor = datetime.fromisoformat(timer["anchor"])
    return due_at(timer["text"], anchor, calendar, _timing(token).in_working_days)


_NO_TIME = Text(
    "its clock '{expression}' must give a duration, a date or a cycle (such as P5D); found {found}. "
    "The process owner can mend the diagram.",
    "يجب أن يعطي مؤقته '\u2066{expression}\u2069' مدة أو تاريخًا أو دورة (مثل P5D)؛ الموجود {found}. "
    "يمكن لمسؤول الإجراءات تصحيح المخطط.",
)
