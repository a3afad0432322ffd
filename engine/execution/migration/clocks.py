"""Clocks of an instance that is carried over: a running one counts on from its day, with the new length."""

from __future__ import annotations

from datetime import datetime

from engine.execution.running.clocks import firings_left, first_anchor
from engine.execution.running.timers import clock_text
from engine.execution.running.tokens import Token


def keep_counting(token: Token, before: Token) -> bool:
    """Give a clock what its diagram says now; it counts from the same day as before. Whether anything changed."""
    timing, known = token.node.trigger.timing, before.internal_data.get("timer")
    if timing is None or known is None or timing == before.node.trigger.timing:
        return False
    text = clock_text(timing, token.flow.visible(token), _now(token), token.node.id.split("::", 1)[0])
    token.internal_data["timer"] = {"text": text, "anchor": known["anchor"], "left": firings_left(text)}
    return True


def count_from(token: Token, begin: str) -> None:
    """Let a clock that was just armed count from an earlier moment (ISO 8601), when its step began."""
    timer = token.internal_data.get("timer")
    if timer is not None and begin:
        calendar = token.flow.top_workflow.surroundings.calendar
        timer["anchor"] = first_anchor(timer["text"], datetime.fromisoformat(begin), calendar).isoformat()


def _now(token: Token) -> datetime:
    now: datetime = token.flow.top_workflow.surroundings.now()
    return now
