"""Values as stories write them: numbers, words, yes and no, moments as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any


def plain(value: object) -> Any:
    """The value as a story writes it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def answered(element: str, values: Mapping[str, object]) -> dict[str, Any]:
    """The step in which somebody completes a task with these answers."""
    return {"do": element, "answers": {name: plain(value) for name, value in values.items() if value is not None}}
