"""Counts visits and notes what happened, per element and call path; an element the normaliser made leaves no trace."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from engine.execution.model import Element, Position, Step
from engine.execution.running.tokens import Token


class Ledger:
    """The passages of one instance. Its counters are saved with it; steps and trace belong to the running process."""

    def __init__(self, seed: str, keep_trace: bool = False) -> None:
        self.seed = seed
        self.counts: dict[str, list[int]] = {}
        self.made: dict[str, int] = {}
        self.keep_trace = keep_trace
        self.steps: list[Step] = []
        self.trace: list[str] = []
        self.flows: list[tuple[str, str]] = []

    def number(self, place: str) -> int:
        """How many tokens were made at this place, the next one included."""
        self.made[place] = self.made.get(place, 0) + 1
        return self.made[place]

    def id_of(self, place: str, number: int) -> UUID:
        """The id of a token: the same when the instance takes the same way again, unknown to who has not the seed."""
        return uuid5(UUID(hex=self.seed), f"{place}|{number}")

    def entered(self, token: Token) -> None:
        """A token reached its element: number the visit."""
        element = token.node.element
        if element is not None:
            count = self.counts.setdefault(_key(token, element), [0, 0])
            count[0] += 1
            token.internal_data["visit"] = count[0]

    def happened(self, token: Token, event: str, at: datetime, missed: int = 0) -> None:
        element = token.node.element
        if element is None:
            return
        if event == "completed":
            self.counts.setdefault(_key(token, element), [0, 0])[1] += 1
            if self.keep_trace:
                self.trace.append(element.id)
        scope = token.flow.path
        self.steps.append(Step(element.id, element.process_id, scope, token.visit, event, at, token.hex, missed))

    def took(self, process_id: str, flow_id: str) -> None:
        if self.keep_trace and "::" not in flow_id:
            self.flows.append((process_id, flow_id))

    def positions(self, active: list[Token]) -> list[Position]:
        """Active and completed tokens per process and element, elements in the order they were first reached."""
        found: dict[tuple[str, str], list[int]] = {}
        for key, (_, completed) in self.counts.items():
            process_id, _, element_id = key.split("|")
            found.setdefault((process_id, element_id), [0, 0])[1] += completed
        for token in active:
            element = token.node.element
            if element is not None:
                found.setdefault((element.process_id, element.id), [0, 0])[0] += 1
        return [Position(process, element, *numbers) for (process, element), numbers in found.items()]


def _key(token: Token, element: Element) -> str:
    return f"{element.process_id}|{'/'.join(token.flow.path)}|{element.id}"
