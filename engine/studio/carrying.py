"""A play as the text that travels with its page: a story as JSON, and nothing that is not one is taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from engine.errors import Refusal
from engine.rehearsal.scenario import Scenario, scenario_of
from engine.text import Text

LONGEST = 400
"""Steps of one play: more is a mistake, and would take longer and longer."""
LARGEST = 400_000
"""Letters of the text."""
NAME = "play"


class TooLong(Refusal):
    sentence = Text("A play has at most {limit} steps.", "الحد الأقصى للخطوات {limit}.")


class CarriedBadly(Refusal):
    """What came back with the page is no play."""

    sentence = Text(
        "What came back with the page is no play ({found}). Begin the play again.",
        "ما عاد مع الصفحة ليس تمثيلًا ({found}). يُرجى بدء التمثيل من جديد.",
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played: where and when it begins, and the steps so far."""

    process: str
    starts: datetime
    variables: dict[str, Any] = field(default_factory=dict)
    at: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    steps: tuple[dict[str, Any], ...] = ()

    def then(self, *steps: dict[str, Any]) -> Plan:
        """The same with more steps at its end."""
        return replace(self, steps=(*self.steps, *steps))

    def until(self, count: int) -> Plan:
        """The same with its first steps only."""
        return replace(self, steps=self.steps[: max(0, count)])

    def written(self) -> dict[str, Any]:
        """As a story writes it, without its title."""
        begins = {"begins": {"at": self.at, "payload": self.payload}} if self.at else {}
        steps = {"variables": self.variables, "steps": list(self.steps)}
        return {"process": self.process, "starts": self.starts.isoformat(), **begins, **steps}

    def scenario(self) -> Scenario:
        """The story it is so far. Raises `TooLong`, `ScenarioUnreadable`."""
        if len(self.steps) > LONGEST:
            raise TooLong(limit=LONGEST)
        return scenario_of(NAME, {"title": NAME, **self.written()})

    def packed(self) -> str:
        """The text that travels."""
        return json.dumps(self.written(), ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Plan:
    """The plan in a text that came with a page. Raises `CarriedBadly`, `TooLong`, `ScenarioUnreadable`."""
    if len(text) > LARGEST:
        raise CarriedBadly(found=f"> {LARGEST}")
    try:
        text.encode()
        told = json.loads(text, parse_constant=_no_number)
        json.dumps(told, ensure_ascii=False).encode()  # half of a sign in two parts cannot be kept
    except (ValueError, RecursionError) as problem:
        raise CarriedBadly(found=type(problem).__name__) from problem
    if not isinstance(told, dict):
        raise CarriedBadly(found=type(told).__name__)
    found = scenario_of(NAME, {"title": NAME, **told})
    variables, payload = dict(found.variables), dict(found.payload)
    plan = Plan(found.process, found.starts, variables, found.at, payload, tuple(dict(step) for step in found.steps))
    if len(plan.steps) > LONGEST:
        raise TooLong(limit=LONGEST)
    return plan


def _no_number(found: str) -> None:
    raise ValueError(found)
