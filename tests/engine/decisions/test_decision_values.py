"""Every value survives being written as JSON."""

from __future__ import annotations

import json

import pytest

from engine.decisions import DecisionError, feel
from engine.decisions.values import from_json, to_json

VALUES = [
    *("null", "true", '"text"', "1", "-0.50", "1e30", "12345678901234567890", "[1, [2]]", "{a: {b: 1.5}}"),
    *('{"$number": 1}', '{"$a": 1, "b": 2}', "[1..5)", "(< 5)", '@"P1DT2.5S"', '@"-P1D"', '@"P1Y2M"'),
    *('@"2026-01-01"', '@"10:00:00.25+02:00"', '@"10:00:00@Africa/Cairo"', '@"2026-01-01T10:00:00"'),
    *('@"2026-01-01T10:00:00@Africa/Cairo"', '@"99999-01-01"', '@"99999-01-01T10:00:00Z"'),
]


@pytest.mark.parametrize("expression", VALUES)
def test_value_comes_back_from_json(expression: str) -> None:
    value = feel.evaluate(expression)
    assert from_json(json.loads(json.dumps(to_json(value)))) == value


def test_function_is_not_kept() -> None:
    with pytest.raises(DecisionError):
        to_json(feel.evaluate("function(x) x"))
