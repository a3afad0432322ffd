"""What differs between two states of `mechanism.toml`: roles, routing, purposes, the calendar."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from engine.studio.difference.change import Change, said
from engine.text import Text


def settings_changes(before: bytes, after: bytes) -> Iterator[Change]:
    """Raises `ValueError` where a file is no TOML."""
    old, new = (dict(_flat(tomllib.loads(text.decode("utf-8")))) for text in (before, after))
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key), new.get(key)
        if was is None and now is not None:
            yield said(_NEW, key, key=key, new=now)
        elif now is None:
            yield said(_GONE, key, key=key, old=was)
        elif was != now:
            yield said(_NOW, key, key=key, new=now, old=was)


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", ", ".join(map(str, value)) if isinstance(value, list) else str(value)


_NEW = Text("{key} is now {new}.", "{key} الآن \u2068{new}\u2069.")
_GONE = Text("{key} is gone (it was {old}).", "حُذف {key} (كان \u2068{old}\u2069).")
_NOW = Text("{key} is now {new} instead of {old}.", "{key} الآن \u2068{new}\u2069 بدلًا من \u2068{old}\u2069.")
