"""What an operation answered, in the form in which it is remembered: outputs, or a refusal with a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.decisions.values import from_json, to_json
from engine.errors import Refusal
from engine.text import Text


class OperationRefused(Refusal):
    """An operation was refused with a code, in the words of who refused it."""

    sentence = Text("{words}", "{words}")

    def __init__(self, code: str, words: Text) -> None:
        super().__init__(words=words)
        self.code = code


def outcome_of(perform: Callable[[], Mapping[str, object]]) -> object:
    """The outputs as JSON; of a refusal with a code, code and words. Any other refusal is raised on."""
    try:
        return to_json(dict(perform()))
    except Refusal as refusal:
        code = getattr(refusal, "code", None)
        if not isinstance(code, str):
            raise
        return [code, refusal.text.en, refusal.text.ar]


def result_of(outcome: Any) -> dict[str, object]:
    """The outputs again, or the refusal again."""
    if isinstance(outcome, list):
        code, en, ar = outcome
        raise OperationRefused(code, Text(en, ar))
    return dict(from_json(outcome))
