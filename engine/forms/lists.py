"""Adding and removing items of a dynamic list by plain posts, so that lists grow without JavaScript."""

from __future__ import annotations

from engine.forms.schema import MOST_ITEMS
from engine.forms.typed import ITEM, Typed


def with_item(typed: Typed, key: str) -> dict[str, list[str]]:
    """What was typed, with one more empty item in the list."""
    items = list(typed.get(f"{key}-{ITEM}", ()))
    numbers = [int(item) for item in items if item.isascii() and item.isdecimal()]
    grown = [*items, str(max(numbers, default=-1) + 1)][:MOST_ITEMS]
    return {**{name: list(texts) for name, texts in typed.items()}, f"{key}-{ITEM}": grown}


def without_item(typed: Typed, key: str, item: str) -> dict[str, list[str]]:
    """What was typed, without that item of the list and everything in it."""
    kept = {name: list(texts) for name, texts in typed.items() if not name.startswith(f"{key}-{item}-")}
    kept[f"{key}-{ITEM}"] = [one for one in kept.get(f"{key}-{ITEM}", []) if one != item]
    return kept
