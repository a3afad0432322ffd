"""Plays one small diagram: the acts of people, senders and the clock on it, and what came of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from engine.rehearsal import Instance, Rehearsal, rehearse

from .drawing import nodes

START = nodes("startEvent", "s")
START_END = START + nodes("endEvent", "e")
SIGNAL = '<signal id="alarm" name="alarm"/>'
MESSAGES = '<message id="call" name="call"/><message id="letter" name="letter"/>'
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


class Play:
    """One instance and the acts of the people and of the clock on it."""

    def __init__(self, content: bytes, variables: dict[str, object] | None = None, start: bool = True) -> None:
        self.rehearsal: Rehearsal = rehearse({"p.bpmn": content}, now=NOW)
        if start:
            self.rehearsal.start("p", variables or {})

    @property
    def instance(self) -> Instance:
        return self.rehearsal.instances[0]

    @property
    def trace(self) -> list[str]:
        return self.instance.trace

    @property
    def waiting(self) -> list[str]:
        return sorted(task.element for task in self.rehearsal.tasks)

    def do(self, *tasks: str) -> Play:
        for element in tasks:
            self.rehearsal.complete(next(task for task in self.rehearsal.tasks if task.element == element))
        return self

    def signal(self, name: str = "alarm") -> Play:
        self.rehearsal.signal(name)
        return self

    def send(self, name: str) -> Play:
        self.rehearsal.send(name)
        return self

    def days(self, number: int) -> Play:
        self.rehearsal.advance(timedelta(days=number))
        return self


def definition(kind: str) -> str:
    inside = {"timer": "<timeDuration>P1D</timeDuration>", "conditional": "<condition>danger</condition>"}
    reference = {"signal": "alarm", "message": "call", "error": "lost", "escalation": "far"}
    written = f' {kind}Ref="{reference[kind]}"' if kind in reference else ""
    return f"<{kind}EventDefinition{written}>{inside.get(kind, '')}</{kind}EventDefinition>"


def event(tag: str, event_id: str, *kinds: str, more: str = "") -> str:
    return f'<{tag} id="{event_id}"{more}>{"".join(map(definition, kinds))}</{tag}>'
